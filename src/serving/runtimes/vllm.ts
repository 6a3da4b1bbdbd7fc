import type { Problem } from '../../core/diagnostics';
import type { Shape } from '../../core/shape';
import { checkOptions, integer, listOf, number, optional, text } from '../../core/shape';
import { CACHE_PATH } from '../../render/environment';
import { BAD_MODEL_SOURCE, REMOTE_CODE, WRONG_DEVICES } from '../diagnostics';
import type { Engine, Served } from './engine';
import { ownArgumentProblems } from './own-arguments';

/** What a vLLM server says. */
export interface VllmOptions {
  /**
   * Image with a vLLM that knows `--shutdown-timeout`, from March 2026 on: it can wait for requests when it has to stop.
   *
   * KUB007, KUB019 (unsafe) as for every image.
   *
   * @default - `vllm/vllm-openai:v0.30.0`, for NVIDIA GPUs with driver 580 or newer; its variant `-cu129` takes older ones
   */
  readonly image?: string;
  /**
   * Longest request, prompt and answer together, in tokens. `--max-model-len`
   *
   * @default - as long as the model can; vLLM does not start when the memory of the GPU is too small for one such request
   */
  readonly maxModelLen?: number;
  /**
   * Share of the memory of each GPU that vLLM takes, above 0 and at most 1. `--gpu-memory-utilization`
   *
   * @default - vLLM decides
   */
  readonly gpuMemoryUtilization?: number;
  /**
   * Name of the model in requests. `--served-model-name`
   *
   * @default - the name of the server
   */
  readonly servedModelName?: string;
  /**
   * Port on which it listens. `--port`
   *
   * @default 8000
   */
  readonly port?: number;
  /**
   * Further arguments of `vllm serve`, such as `--enable-auto-tool-choice`.
   *
   * SRV019 for those that are written here already; SRV020 (unsafe) for `--trust-remote-code`.
   *
   * @default - only the arguments that follow from the options and the model
   * @see https://docs.vllm.ai/en/latest/cli/serve/
   */
  readonly args?: string[];
}

const vllmShape: Shape<VllmOptions> = {
  image: optional(text({ max: 1024 })),
  maxModelLen: optional(integer({ min: 1, max: 1e9 })),
  gpuMemoryUtilization: optional(number({ min: 0.01, max: 1 })),
  servedModelName: optional(text({ max: 200 })),
  port: optional(integer({ min: 1, max: 65535 })),
  args: optional(listOf(text(), { max: 200 })),
};

const IMAGE = 'vllm/vllm-openai:v0.30.0';
const PORT = 8000;

/** vLLM's OpenAI-compatible server. https://docs.vllm.ai/en/latest/deployment/k8s/ */
export function vllm(given: VllmOptions): Engine {
  checkOptions('VllmOptions', given, vllmShape);
  const options = { ...given, args: [...(given.args ?? [])] };
  const port = options.port ?? PORT;
  return {
    image: options.image ?? IMAGE,
    port,
    extraPorts: [],
    readyPath: '/health',
    healthPath: '/health',
    metricsPath: '/metrics',
    metricsPort: port,
    inFlightMetric: 'vllm_requests_in_flight',
    command: (served) => ({ command: ['vllm', 'serve'], args: vllmArguments(options, port, served) }),
    variables: ({ model }) => ({
      VLLM_CACHE_ROOT: `${CACHE_PATH}/vllm`,
      VLLM_NO_USAGE_STATS: '1', // it would report to its makers
      ...(model?.type === 'directory' ? { HF_HUB_OFFLINE: '1' } : {}),
    }),
    problems: (served) => vllmProblems(options, served),
  };
}

function vllmArguments(options: VllmOptions, port: number, { name, model, devices, drainSeconds }: Served): string[] {
  const given = (flag: string, value: string | number | undefined): string[] =>
    value === undefined ? [] : [`${flag}=${value}`];
  const gpus = devices?.count ?? 1;
  return [
    ...(model === undefined ? [] : [model.type === 'hub' ? model.modelId : model.path]),
    ...given('--revision', model?.type === 'hub' ? model.options.revision : undefined),
    `--served-model-name=${options.servedModelName ?? name}`,
    `--port=${port}`,
    ...given('--max-model-len', options.maxModelLen),
    ...given('--gpu-memory-utilization', options.gpuMemoryUtilization),
    ...given('--tensor-parallel-size', gpus > 1 && !splitsItself(options) ? gpus : undefined),
    // Without it, vLLM aborts every request at SIGTERM: https://github.com/vllm-project/vllm/pull/36666
    `--shutdown-timeout=${drainSeconds}`,
    ...(options.args ?? []),
  ];
}

const PARALLELISM = /^(--(tensor|pipeline|data)-parallel-size|-tp|-pp|-dp)(=|$)/;

/** Whether the user says how the GPUs share the work. */
function splitsItself({ args = [] }: VllmOptions): boolean {
  return args.some((arg) => PARALLELISM.test(arg.replaceAll('_', '-')));
}

const OWNERS = {
  '--model': 'model',
  '--revision': 'the revision of the model',
  '--served-model-name': 'servedModelName',
  '--port': 'port',
  '--max-model-len': 'maxModelLen',
  '--gpu-memory-utilization': 'gpuMemoryUtilization',
  '--shutdown-timeout': 'maxRequestDuration',
};

function vllmProblems({ image, args = [] }: VllmOptions, { model, devices }: Served): Problem[] {
  const problems = ownArgumentProblems(args, OWNERS);
  const property = 'runtime';
  if (model === undefined) {
    const message = 'the runtime is vLLM but model is not set.';
    problems.push({
      rule: BAD_MODEL_SOURCE,
      property: 'model',
      message,
      fix: "Set model, or write ModelSource.inImage('/model').",
    });
  }
  if (image === undefined && !devices?.resourceName.startsWith('nvidia.com/')) {
    const has = devices === undefined ? 'no GPU' : devices.resourceName;
    const message = `the image of the runtime is ${IMAGE}, which needs NVIDIA GPUs, and the pod has ${has}.`;
    const fix =
      devices === undefined ? 'Set gpu, or image of the runtime to one for CPUs.' : 'Set image of the runtime.';
    problems.push({ rule: WRONG_DEVICES, property, message, fix });
  }
  if (args.some((arg) => arg.replaceAll('_', '-').split('=')[0] === '--trust-remote-code')) {
    const message = 'the arguments of the runtime contain --trust-remote-code.';
    problems.push({ rule: REMOTE_CODE, property: `${property}.args`, message, fix: 'Take a model that vLLM knows.' });
  }
  return problems;
}
