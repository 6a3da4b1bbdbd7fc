import type { EnvVar } from '../../../imports/k8s';
import type { Problem } from '../../core/diagnostics';
import { integer, optional } from '../../core/shape';
import type { Shape } from '../../core/shape';
import { PARALLELISM_SIZE, TENSOR_ACROSS_NODES } from '../diagnostics';
import type { DistributedRunProps } from '../gang-props';
import { ranksPerNode } from './processes';

/**
 * Over how many GPUs a run splits what, in the words of Megatron-LM.
 *
 * The program does it; these sizes are checked against the GPUs of the run and given to the program as variables.
 *
 * @see https://docs.nvidia.com/megatron-core/developer-guide/latest/user-guide/parallelism-guide.html
 */
export interface Parallelism {
  /**
   * GPUs that split each layer. `TENSOR_PARALLEL_SIZE`
   *
   * TRN041 (unsafe) when they are not all on one node. GB200 and GB300 reach further over NVLink, with a ComputeDomain that is not made here.
   *
   * @default 1
   */
  readonly tensor?: number;
  /**
   * Stages, each with some of the layers. `PIPELINE_PARALLEL_SIZE`
   *
   * @default 1
   */
  readonly pipeline?: number;
  /**
   * GPUs that split each sequence. `CONTEXT_PARALLEL_SIZE`
   *
   * @default 1
   */
  readonly context?: number;
  /**
   * Copies of the model, each with data of its own; with shards of a model (FSDP, ZeRO) the GPUs among which it is spread. `DATA_PARALLEL_SIZE`
   *
   * TRN040 when all sizes but those of experts do not multiply to the GPUs of the run.
   *
   * @default - what remains of the GPUs
   */
  readonly data?: number;
  /**
   * GPUs that share the experts of a mixture among them. `EXPERT_PARALLEL_SIZE`
   *
   * They are among those of `data` and `context`, not beside them. TRN040 when they do not divide these.
   *
   * @default 1
   */
  readonly expert?: number;
  /**
   * GPUs that split each layer of an expert. `EXPERT_TENSOR_PARALLEL_SIZE`
   *
   * @default - as many as `tensor`
   */
  readonly expertTensor?: number;
}

const parallelSize = optional(integer({ min: 1, max: 160000 }));

/** Checks of the sizes above. */
export const parallelismShape: Shape<Parallelism> = {
  tensor: parallelSize,
  pipeline: parallelSize,
  context: parallelSize,
  data: parallelSize,
  expert: parallelSize,
  expertTensor: parallelSize,
};

const VARIABLES: { readonly [size in keyof Parallelism]-?: string } = {
  tensor: 'TENSOR_PARALLEL_SIZE',
  pipeline: 'PIPELINE_PARALLEL_SIZE',
  context: 'CONTEXT_PARALLEL_SIZE',
  data: 'DATA_PARALLEL_SIZE',
  expert: 'EXPERT_PARALLEL_SIZE',
  expertTensor: 'EXPERT_TENSOR_PARALLEL_SIZE',
};

/** The sizes as variables: those that are given, and `data` unless it changes with the nodes. No framework reads them by itself: commands use `$(TENSOR_PARALLEL_SIZE)`. */
export function parallelismVariables(props: DistributedRunProps): EnvVar[] {
  const { parallelism, numNodes, elastic } = props;
  if (parallelism === undefined) return [];
  const data = Math.max(1, Math.floor((numNodes * ranksPerNode(props)) / modelSize(parallelism)));
  const sizes: Parallelism = { ...(elastic ? {} : { data }), ...defined(parallelism) };
  return Object.entries(VARIABLES).flatMap(([size, name]) => {
    const value = sizes[size as keyof Parallelism];
    return value === undefined ? [] : [{ name, value: String(value) }];
  });
}

/** What of the sizes does not go with the GPUs of the run. */
export function parallelismProblems(props: DistributedRunProps): Problem[] {
  if (props.parallelism === undefined) return [];
  const sizes = sizeProblems(props, props.parallelism);
  return [...sizes, ...tensorProblems(props, props.parallelism)];
}

function sizeProblems(props: DistributedRunProps, parallelism: Parallelism): Problem[] {
  const { numNodes } = props;
  const perNode = ranksPerNode(props);
  const world = numNodes * perNode;
  const model = modelSize(parallelism);
  const { data = world / model } = parallelism;
  const run = `the run has ${numNodes} x ${perNode} = ${world} processes`;
  const found = (message: string, fix: string): Problem[] => [
    { rule: PARALLELISM_SIZE, property: 'parallelism', value: product(parallelism), message, fix },
  ];
  if (world % model !== 0)
    return found(
      `parallelism is ${product(parallelism)}, and ${run}, which is no multiple of ${model}.`,
      nodesFix(model, perNode),
    );
  if (data * model !== world)
    return found(
      `parallelism is ${product(parallelism)} = ${data * model}, and ${run}.`,
      `Set data to ${world / model}, or leave it out.`,
    );
  const { expert = 1, tensor = 1, expertTensor = tensor, pipeline = 1 } = parallelism;
  if (world % (expert * expertTensor * pipeline) === 0) return [];
  return found(
    `parallelism has experts on ${expert} x ${expertTensor} GPUs of each of ${pipeline} stages, and a stage has ${world / pipeline}.`,
    `Give expert x expertTensor a divisor of ${world / pipeline}.`,
  );
}

function tensorProblems(props: DistributedRunProps, { tensor = 1 }: Parallelism): Problem[] {
  const perNode = ranksPerNode(props);
  if (perNode % tensor === 0) return [];
  const message = `parallelism.tensor is ${tensor}, and a node has ${perNode} processes: some layers are split between nodes.`;
  return [
    {
      rule: TENSOR_ACROSS_NODES,
      property: 'parallelism.tensor',
      value: String(tensor),
      message,
      fix: `Give a divisor of ${perNode}, and split the rest by pipeline or context.`,
    },
  ];
}

/** GPUs of one copy of the model. */
export function modelSize({ tensor = 1, pipeline = 1, context = 1 }: Parallelism): number {
  return tensor * pipeline * context;
}

/** The sizes as a product: `tensor 8 x pipeline 2`. */
function product({ tensor, pipeline, context, data }: Parallelism): string {
  const parts = Object.entries(defined({ tensor, pipeline, context, data }));
  return parts.length === 0 ? '1' : parts.map(([size, count]) => `${size} ${count}`).join(' x ');
}

function nodesFix(model: number, perNode: number): string {
  const step = model / divisor(model, perNode);
  return `Take a number of nodes that ${step} divides, or other sizes.`;
}

function divisor(one: number, other: number): number {
  return other === 0 ? one : divisor(other, one % other);
}

function defined(parallelism: Parallelism): Parallelism {
  return Object.fromEntries(Object.entries(parallelism).filter(([, size]) => size !== undefined));
}
