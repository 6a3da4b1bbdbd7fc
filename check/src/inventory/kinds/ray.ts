import type { Field } from '../field';
import type { RoleDescription } from '../workload';
import { bound, Nature } from '../workload';
import { podsOf } from './core';
import type { KindReader } from './kind-reader';

// Kinds of KubeRay.

function clusterRoles(cluster: Field): RoleDescription[] {
  const head: RoleDescription = { name: 'head', pod: podsOf(cluster.at('headGroupSpec', 'template')) };
  const workers = cluster.at('workerGroupSpecs').items.map((group): RoleDescription => {
    const hosts = group.at('numOfHosts').integer ?? 1;
    const replicas = group.at('replicas').integer ?? group.at('minReplicas').integer ?? 0;
    const name = group.at('groupName').text ?? 'worker';
    return { name, replicas: group.at('replicas'), count: replicas * hosts, pod: podsOf(group.at('template')) };
  });
  return [head, ...workers];
}

export const RAY_JOBS: KindReader = {
  group: 'ray.io',
  kinds: ['RayJob'],
  read: ({ top }) => {
    const spec = top.at('spec');
    const submitter = spec.at('submitterPodTemplate');
    return {
      nature: Nature.RUN,
      roles: [
        ...clusterRoles(spec.at('rayClusterSpec')),
        ...(submitter.exists ? [{ name: 'submitter', pod: podsOf(submitter) }] : []),
      ],
      run: {
        deadline: bound(spec.at('activeDeadlineSeconds')),
        retries: bound(spec.at('backoffLimit')),
        defaultRetries: 0,
        ttl: bound(spec.at('ttlSecondsAfterFinished')),
      },
    };
  },
};

export const RAY_CLUSTERS: KindReader = {
  group: 'ray.io',
  kinds: ['RayCluster'],
  read: ({ top }) => ({ nature: Nature.INTERACTIVE, roles: clusterRoles(top.at('spec')) }),
};

export const RAY_SERVICES: KindReader = {
  group: 'ray.io',
  kinds: ['RayService'],
  read: ({ top }) => ({ nature: Nature.SERVER, roles: clusterRoles(top.at('spec', 'rayClusterConfig')) }),
};
