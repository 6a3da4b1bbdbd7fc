import { join } from 'node:path';
import type { Component } from '../component';
import { ROOT } from '../process/paths';
import { httpHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';

/** Annotation of the nodes that KWOK plays. */
export const PLAYED = { 'kwok.x-k8s.io/node': 'fake' };

/** Plays kubelets: nodes report, and pods start, end and go by `nodes/stages.yaml`. */
export const kwok: Component = {
  name: 'kwok',
  module: 'kwok',
  mainPackage: 'sigs.k8s.io/kwok/cmd/kwok',
  needs: ['kube-apiserver'],
  ports: ['server'],
  args: (site) => [
    `--kubeconfig=${kubeconfigOf(site)}`,
    `--config=${join(ROOT, 'test', 'cluster', 'ring', 'nodes', 'stages.yaml')}`,
    `--manage-nodes-with-annotation-selector=${Object.entries(PLAYED)[0].join('=')}`,
    '--v=WARN',
    '--node-lease-duration-seconds=20',
    `--server-address=127.0.0.1:${site.port('kwok', 'server')}`,
  ],
  missing: (site) => httpHealthy(site, 'kwok', 'server', '/healthz'),
};
