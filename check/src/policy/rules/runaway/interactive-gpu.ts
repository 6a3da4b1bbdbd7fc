import type { Inventory } from '../../../inventory/inventory';
import type { Workload } from '../../../inventory/workload';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { waitingSign } from './waiting-sign';

const KINDS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'Pod', 'Notebook']);
/** Annotations and labels by which something else stops it. https://codeberg.org/hjacobs/kube-downscaler */
const STOPPED = /^(downscaler\/|downtime|uptime|kube-green\.|cull|.*culling|.*(idle|ttl|expire|expiry|shutdown))/i;

export const interactiveGpu: Rule<Scope.WORKLOAD> = {
  name: 'interactive-gpu',
  group: Group.RUNAWAY,
  facts: ['ML-COST-003'],
  scope: Scope.WORKLOAD,
  why: 'A pod that waits for somebody to work in it holds its GPUs all night and every weekend. https://github.com/kubeflow/kubeflow/blob/master/components/notebook-controller/README.md',
  fix: 'Make it a Job with activeDeadlineSeconds, or let something stop it: culling, a downscaler/uptime annotation, a cron trigger of KEDA.',
  check: (workload, inventory) => {
    const { resource } = workload;
    if (!KINDS.has(resource.kind) || !['', 'apps', 'kubeflow.org'].includes(resource.group)) return [];
    const container = workload.pods.flatMap(({ containers }) => containers).find(({ devices }) => devices.length > 0);
    if (container === undefined || isStopped(workload, inventory)) return [];
    if (resource.kind === 'Notebook') {
      return [warning(container.field, 'is a notebook with GPUs, and nothing here stops it when nobody works in it.')];
    }
    const sign = waitingSign(container);
    if (sign === undefined) return [];
    return [error(container.field.at(sign.key), `waits with GPUs for somebody to work in it (${sign.shown}).`)];
  },
};

function isStopped({ resource, pods }: Workload, inventory: Inventory): boolean {
  const marks = [resource.annotations, resource.labels, ...pods.map(({ annotations }) => annotations)];
  if (marks.some((each) => Object.keys(each).some((key) => STOPPED.test(key)))) return true;
  if (resource.at('spec', 'activeDeadlineSeconds').exists || resource.at('spec', 'replicas').integer === 0) return true;
  const scaled = inventory.once('names of scaled objects', () => {
    const objects = inventory.of('keda.sh', 'ScaledObject');
    return new Set(objects.map((each) => each.at('spec', 'scaleTargetRef', 'name').text ?? ''));
  });
  return scaled.has(resource.name);
}
