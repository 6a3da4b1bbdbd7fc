import type { Component } from '../component';
import { argoWorkflows } from './argo-workflows';
import { coscheduling } from './coscheduling';
import { etcd } from './etcd';
import { jobset } from './jobset';
import { karpenter } from './karpenter';
import { keda, kedaWebhooks } from './keda';
import { kserve } from './kserve';
import { kubeApiserver } from './kube-apiserver';
import { kubeControllerManager } from './kube-controller-manager';
import { kubeScheduler } from './kube-scheduler';
import type { Kubernetes } from './kubernetes';
import { KUBERNETES } from './kubernetes';
import { kueue } from './kueue';
import { kuberay } from './kuberay';
import { kwok } from './kwok';
import { lws } from './lws';
import { mpiOperator } from './mpi-operator';
import { trainer } from './trainer';
import { trainingOperator, trainingOperatorWithMpi } from './training-operator';
import { volcanoControllers, volcanoScheduler } from './volcano';

/** Every component of the ring, each after those that it needs; they stop in the opposite order. */
const all = (kubernetes: Kubernetes): Component[] => [
  etcd,
  kubeApiserver(kubernetes),
  kubeControllerManager(kubernetes),
  kubeScheduler(kubernetes),
  coscheduling,
  kwok,
  karpenter,
  jobset,
  trainer,
  trainingOperator,
  trainingOperatorWithMpi,
  mpiOperator,
  kueue,
  lws,
  kuberay,
  volcanoControllers,
  volcanoScheduler,
  kserve,
  argoWorkflows,
  keda,
  kedaWebhooks,
];

/** What a cluster has in which pods live and die. */
export const CLUSTER = ['kube-controller-manager', 'kube-scheduler', 'kwok'];

/** Names of every component. */
export const COMPONENT_NAMES = all({ line: KUBERNETES }).map(({ name }) => name);

/** The components of these names with all that they need, in the order in which they start. */
export function componentsNamed(names: string[], kubernetes: Kubernetes = { line: KUBERNETES }): Component[] {
  const components = all(kubernetes);
  const wanted = new Set<string>();
  const want = (name: string): void => {
    const component = components.find((candidate) => candidate.name === name);
    if (!component) throw new Error(`there is no component "${name}": the ring has ${COMPONENT_NAMES.join(', ')}`);
    wanted.add(name);
    component.needs?.forEach(want);
  };
  names.forEach(want);
  return components.filter(({ name }) => wanted.has(name));
}
