import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component, Site } from '../component';
import { httpHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';

/** Those that Jobs need; others want kinds of their own. */
const CONTROLLERS = ['job-controller', 'pg-controller', 'queue-controller', 'gc-controller'];

/** As its installer has it. */
const CONFIGURATION = `actions: enqueue, allocate, backfill
tiers:
- plugins: [{ name: priority }, { name: gang }, { name: conformance }]
- plugins: [{ name: overcommit }, { name: drf }, { name: predicates }, { name: proportion }, { name: nodeorder }]
`;

const configurationOf = (site: Site): string => join(site.folderOf('volcano-scheduler'), 'config.yaml');

/** What both programs are told. */
function shared(site: Site, component: string): string[] {
  return [
    `--kubeconfig=${kubeconfigOf(site)}`,
    '--leader-elect=false',
    '--enable-healthz=true',
    `--healthz-address=127.0.0.1:${site.port(component, 'health')}`,
    `--listen-address=127.0.0.1:${site.port(component, 'metrics')}`,
  ];
}

/**
 * The controllers of Volcano: its Job, queues and pod groups. Its webhooks are not there, which fill in what a manifest leaves out
 * and refuse what is wrong. The types of 1.14.1 are published with Volcano alone: its module takes those of 1.14.0.
 */
export const volcanoControllers: Component = {
  name: 'volcano-controllers',
  module: 'volcano',
  mainPackage: 'volcano.sh/volcano/cmd/controller-manager',
  needs: ['kube-controller-manager'],
  ports: ['metrics', 'health'],
  crds: ['config/crd/volcano/bases'],
  args: (site) => [...shared(site, 'volcano-controllers'), `--controllers=${CONTROLLERS.join(',')}`],
  missing: (site) => httpHealthy(site, 'volcano-controllers', 'health', '/healthz'),
};

/** The scheduler of Volcano, for pods that name it: all of a pod group, or none. It makes the queue `default`. */
export const volcanoScheduler: Component = {
  name: 'volcano-scheduler',
  module: 'volcano',
  mainPackage: 'volcano.sh/volcano/cmd/scheduler',
  needs: ['volcano-controllers'],
  ports: ['metrics', 'health'],
  prepare: (site) => writeFileSync(configurationOf(site), CONFIGURATION),
  args: (site) => [
    ...shared(site, 'volcano-scheduler'),
    `--scheduler-conf=${configurationOf(site)}`,
    '--cache-dumper=false',
  ],
  missing: (site) => httpHealthy(site, 'volcano-scheduler', 'health', '/healthz'),
};
