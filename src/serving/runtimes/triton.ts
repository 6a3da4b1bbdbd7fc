import type { Problem } from '../../core/diagnostics';
import type { Shape } from '../../core/shape';
import { checkOptions, listOf, optional, text } from '../../core/shape';
import { BAD_MODEL_SOURCE } from '../diagnostics';
import type { Engine, Served } from './engine';
import { ownArgumentProblems } from './own-arguments';

/** What a Triton server says. */
export interface TritonOptions {
  /** Image with the backends that the models need, such as `nvcr.io/nvidia/tritonserver:<release>-py3`. */
  readonly image: string;
  /**
   * Further arguments of `tritonserver`, such as `--model-control-mode=explicit`.
   *
   * SRV019 for those that are written here already.
   *
   * @default - only the arguments that follow from the model
   */
  readonly args?: string[];
}

const tritonShape: Shape<TritonOptions> = {
  image: text({ max: 1024 }),
  args: optional(listOf(text(), { max: 200 })),
};

// https://github.com/triton-inference-server/server/blob/main/docs/protocol/README.md
const HTTP = 8000;
const GRPC = 8001;
const METRICS = 8002;

const OWNERS = {
  '--model-repository': 'model',
  '--model-store': 'model',
  '--exit-timeout-secs': 'maxRequestDuration',
  '--http-port': 'runtime to Runtime.custom(...) for other ports',
  '--grpc-port': 'runtime to Runtime.custom(...) for other ports',
  '--metrics-port': 'runtime to Runtime.custom(...) for other ports',
};

/** NVIDIA Triton: a repository of models over HTTP and gRPC. */
export function triton(given: TritonOptions): Engine {
  checkOptions('TritonOptions', given, tritonShape);
  const options = { ...given, args: [...(given.args ?? [])] };
  return {
    image: options.image,
    port: HTTP,
    extraPorts: [
      { name: 'grpc', port: GRPC, served: true },
      { name: 'metrics', port: METRICS, served: false },
    ],
    readyPath: '/v2/health/ready',
    healthPath: '/v2/health/live',
    metricsPath: '/metrics',
    metricsPort: METRICS,
    command: (served) => ({ args: tritonArguments(options, served) }),
    variables: () => ({}),
    problems: (served) => [...ownArgumentProblems(options.args, OWNERS), ...modelProblems(served)],
  };
}

/** The entry point of the image runs what it is given. */
function tritonArguments({ args = [] }: TritonOptions, { model, drainSeconds }: Served): string[] {
  return [
    'tritonserver',
    ...(model?.type === 'directory' ? [`--model-repository=${model.path}`] : []),
    `--exit-timeout-secs=${drainSeconds}`,
    ...args,
  ];
}

function modelProblems({ model }: Served): Problem[] {
  if (model?.type === 'directory') return [];
  const message =
    model === undefined
      ? 'the runtime is Triton but model is not set.'
      : `the model is ${model.modelId} of the Hugging Face hub, and Triton reads a model repository.`;
  return [{ rule: BAD_MODEL_SOURCE, property: 'model', message, fix: "Set model to ModelSource.claim('models')." }];
}
