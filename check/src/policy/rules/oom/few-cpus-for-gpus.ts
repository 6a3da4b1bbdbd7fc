import { mayBeGiven } from '../../../inventory/default-amounts';
import { gpusOf } from '../../../inventory/gpu-count';
import { makesResult } from '../../../inventory/training';
import { Nature } from '../../../inventory/workload';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** One for the process of a GPU and one for its data; machines have 6 to 24. https://docs.pytorch.org/tutorials/recipes/recipes/tuning_guide.html */
const LEAST_PER_GPU = 2n;
const NANO = 1_000_000_000n;

export const fewCpusForGpus: Rule<Scope.CONTAINER> = {
  name: 'few-cpus-for-gpus',
  group: Group.OOM,
  packs: [Group.SLOW_GANG],
  facts: ['ML-MEM-012'],
  scope: Scope.CONTAINER,
  why: 'GPUs wait for the CPUs that read and prepare their data; without a request a container gets what its neighbours leave. https://docs.pytorch.org/tutorials/recipes/recipes/tuning_guide.html',
  fix: 'Request CPUs for the GPUs: their share of the machine, and 2 for each at least.',
  props: 'Set cpu.',
  check: (container, inventory) => {
    const { pod, part, name, resources } = container;
    const gpus = gpusOf(container);
    const isRun = pod.workload.nature === Nature.RUN;
    if (!gpus || part !== 'main' || pod.workload.nature === Nature.AGENT || (isRun && !makesResult(pod))) return [];
    const places = ['requests', 'limits'].map((key) => resources.at(key, 'cpu'));
    const place = places.find(({ exists }) => exists);
    if (place === undefined) {
      if (mayBeGiven(container, 'cpu', inventory)) return [];
      const say = isRun ? warning : info;
      return [say(places[0], `holds GPUs in container ${name} and asks for no CPU.`)];
    }
    const cpus = place.quantity;
    if (cpus === undefined || cpus >= LEAST_PER_GPU * BigInt(gpus) * NANO) return [];
    const say = isRun && cpus < BigInt(gpus) * NANO ? warning : info;
    return [say(place, `asks for ${place.value} CPUs for ${gpus} GPU${gpus === 1 ? '' : 's'} in container ${name}.`)];
  },
};
