import { join } from 'node:path';
import type { Component, Site } from '../component';
import { httpGet } from '../process/http-get';

/** Address at which etcd serves its clients. */
export function etcdUrl(site: Site): string {
  return `http://127.0.0.1:${site.port('etcd', 'client')}`;
}

/** The store. It does not wait for the disk: its data lives as long as the run. */
export const etcd: Component = {
  name: 'etcd',
  module: 'etcd',
  mainPackage: 'go.etcd.io/etcd/server/v3',
  ports: ['client', 'peer'],
  args: (site) => {
    const peer = `http://127.0.0.1:${site.port('etcd', 'peer')}`;
    return [
      '--name=ring',
      `--data-dir=${join(site.folder, 'etcd')}`,
      `--listen-client-urls=${etcdUrl(site)}`,
      `--advertise-client-urls=${etcdUrl(site)}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=ring=${peer}`,
      '--unsafe-no-fsync',
      '--log-level=warn',
    ];
  },
  missing: async (site) => {
    const answer = await httpGet(`${etcdUrl(site)}/health`);
    return answer.status === 200 ? undefined : `GET /health answered ${answer.status}: ${answer.text}`;
  },
};
