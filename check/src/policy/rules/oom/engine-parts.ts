import type { Container } from '../../../inventory/container';
import { hasOption } from '../../../inventory/container';
import type { Engine } from './model-engine';
import { numberOption } from './model-engine';

/** Whether the processes of the engine are in other pods as well, as far as the command tells. */
export function spansNodes({ words, pod }: Container): boolean {
  const { resource } = pod.workload;
  if (
    resource.group === 'ray.io' ||
    pod.role.name === 'worker' ||
    resource.at('spec', 'predictor', 'workerSpec').exists
  )
    return true;
  const options = [
    'nnodes',
    'node-rank',
    'dist-init-addr',
    'data-parallel-address',
    'headless',
    'config',
    'master-addr',
  ];
  return hasOption(words, ...options) || words.some((word) => word === 'ray' || /^\$/.test(word));
}

/** How many processes the engine starts; undefined when that is not said and not known. */
export function partsOf(container: Container, engine: Engine): number | undefined {
  const tensor = numberOption(container, 'tensor-parallel-size', 'tensor-parallelism', ...SHORT[engine]);
  const pipeline = numberOption(container, 'pipeline-parallel-size', 'pp', 'pp-size') ?? 1;
  const within = hasOption(container.words, 'enable-dp-attention');
  const data = within
    ? 1
    : (numberOption(container, 'data-parallel-size-local', 'data-parallel-size', 'dp', 'dp-size') ?? 1);
  if (
    tensor === undefined &&
    (engine !== 'vllm' || !container.words.some((word) => /^(serve|vllm\.entrypoints\..*)$/.test(word)))
  ) {
    return undefined; // some take all GPUs by themselves, and images have settings of their own
  }
  return (tensor ?? 1) * pipeline * data;
}

const SHORT: { readonly [E in Engine]: readonly string[] } = {
  vllm: ['tp'],
  kserve: ['tp'],
  sglang: ['tp', 'tp-size'],
  lmdeploy: ['tp'],
  tgi: ['num-shard'],
};
