import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Problem } from '../core/diagnostics';
import { didYouMean } from '../core/nearest';
import { MISSING_COMPONENT, UNKNOWN_PRIORITY_CLASS, UNKNOWN_QUEUE } from './diagnostics';
import { ClusterProfile } from './profile';
import type { QueueSpec } from './scheduling-specs';
import type { Queue } from './queue';
import { Component } from './settings';

/** What workloads name of the cluster. */
export interface ClusterNames {
  readonly queue?: Queue;
  readonly priorityClassName?: string;
}

/** Classes that every cluster has. */
const SYSTEM_CLASSES = ['system-cluster-critical', 'system-node-critical'];

/** Names that the profile does not know, and what is not installed. */
export function clusterProblems(scope: IConstruct, { queue, priorityClassName }: ClusterNames): Problem[] {
  const profile = ClusterProfile.of(scope);
  return [...queueProblems(profile, Chart.of(scope).namespace, queue), ...priorityProblems(profile, priorityClassName)];
}

/** The LocalQueue as the profile knows it in a namespace. */
export function queueSpec(profile: ClusterProfile, namespace: string | undefined, queue: Queue): QueueSpec | undefined {
  return profile.queues?.find(
    ({ name, namespaces }) => name === queue.queueName && servesNamespace(namespaces, namespace),
  );
}

function servesNamespace(namespaces: readonly string[] | undefined, namespace: string | undefined): boolean {
  return namespaces === undefined || namespace === undefined || namespaces.includes(namespace);
}

function queueProblems(profile: ClusterProfile, namespace: string | undefined, queue: Queue | undefined): Problem[] {
  if (!queue || !profile.isKnown) return [];
  const problems: Problem[] = [];
  if (!profile.components.includes(Component.KUEUE)) {
    const message = `queue is ${queue.queueName}, but the profile ${profile.name} has no Kueue.`;
    problems.push({
      rule: MISSING_COMPONENT,
      property: 'queue',
      value: queue.queueName,
      message,
      fix: 'Remove queue, or add Component.KUEUE to the profile.',
    });
  }
  if (profile.queues && !queueSpec(profile, namespace, queue)) {
    const names = profile.queues
      .filter(({ namespaces }) => servesNamespace(namespaces, namespace))
      .map(({ name }) => name);
    const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
    const message = `there is no LocalQueue ${queue.queueName}${where}${didYouMean(queue.queueName, names)}.`;
    problems.push({
      rule: UNKNOWN_QUEUE,
      property: 'queue',
      value: queue.queueName,
      message,
      fix: names.length === 0 ? 'Make one there first.' : `Take one of ${names.join(', ')}.`,
    });
  }
  return problems;
}

function priorityProblems(profile: ClusterProfile, name: string | undefined): Problem[] {
  const classes = profile.priorityClasses;
  if (name === undefined || classes === undefined || SYSTEM_CLASSES.includes(name)) return [];
  const names = classes.map((one) => one.name);
  if (names.includes(name)) return [];
  const message = `the profile ${profile.name} has no priority class ${name}${didYouMean(name, names)}.`;
  return [
    {
      rule: UNKNOWN_PRIORITY_CLASS,
      property: 'priorityClassName',
      value: name,
      message,
      fix: names.length === 0 ? 'Add it to the cluster and to the profile.' : `Take one of ${names.join(', ')}.`,
    },
  ];
}
