import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const KINDS: ReadonlySet<string> = new Set(['TFJob', 'MPIJob', 'XGBoostJob']);

export const leftoverPods: Rule<Scope.RUN> = {
  name: 'leftover-pods',
  group: Group.SLOW_GANG,
  packs: [Group.RUNAWAY],
  facts: ['ML-DIST-016'],
  scope: Scope.RUN,
  why: 'Parameter servers and MPI workers never end by themselves: with cleanPodPolicy None, the default, they hold their nodes after the run has succeeded. https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/tensorflow/#cleanup',
  fix: 'Set cleanPodPolicy to Running.',
  check: ({ resource, bounds: { cleanPodPolicy }, podCount }) => {
    if (resource.group !== 'kubeflow.org' || !KINDS.has(resource.kind) || podCount < 2 || !cleanPodPolicy) return [];
    const old = resource.at('spec', 'cleanPodPolicy'); // where v1beta2 and MPIJob v1 had it
    if (old.exists && old.text !== 'None') return [];
    if (cleanPodPolicy.exists && cleanPodPolicy.text !== 'None') return [];
    const shown = cleanPodPolicy.exists || old.exists ? 'has cleanPodPolicy None' : 'has no cleanPodPolicy';
    return [warning(cleanPodPolicy, `${shown}, so pods that still run hold their nodes after its end.`)];
  },
};
