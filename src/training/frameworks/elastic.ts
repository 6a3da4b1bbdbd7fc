import type { Duration } from 'cdk8s';
import type { EnvVar } from '../../../imports/k8s';
import { duration, secondsOf } from '../../core/amounts';
import type { Problem } from '../../core/diagnostics';
import type { Shape } from '../../core/shape';
import { integer, optional } from '../../core/shape';
import { ELASTIC_BOUNDS, ELASTIC_WITHOUT_CHECKPOINTS } from '../diagnostics';
import type { DistributedRunProps } from '../gang-props';
import { modelSize } from './parallelism';
import { ranksPerNode } from './processes';

/**
 * A run that goes on with fewer nodes: `torchrun` forms the gang anew whenever a node is lost or comes, and the program goes on from its
 * last checkpoint.
 *
 * Needs `checkpoints` (TRN043) and `command` (TRN025), which a script of ours starts. The program makes the file `COMPLETION_MARKER` when
 * all is done and saved, before its last process ends: no node succeeds without it.
 *
 * @see https://docs.pytorch.org/docs/stable/elastic/run.html
 */
export interface Elastic {
  /**
   * Nodes that are enough to train. TRN042 above `numNodes`, or when `parallelism` does not go with every number of nodes between them.
   */
  readonly minNodes: number;
  /**
   * Times that the processes of a node are started again by `torchrun` after a failure, where they are; the loss of another node is one. Then the pod fails, which
   * `backoffLimit` counts.
   *
   * @default 3
   */
  readonly maxRestarts?: number;
  /**
   * Time in which the first node must answer, and then `minNodes` have met; at least 10 seconds. TRN038 (unsafe) when Kueue waits longer.
   *
   * @default - 30 minutes; with a queue at least `kueueWaitForPodsReady` of the profile
   */
  readonly startTimeout?: Duration;
  /**
   * Time that a node whose command has ended waits for `COMPLETION_MARKER` before it fails, to join the others again; at least 10 seconds.
   * `torchrun` has waited for the others for up to 5 minutes before.
   *
   * @default - 10 minutes
   */
  readonly completionTimeout?: Duration;
}

const WEEK = 7 * 86400;

/** Checks of the props above. */
export const elasticShape: Shape<Elastic> = {
  minNodes: integer({ min: 1, max: 10000 }),
  maxRestarts: optional(integer({ max: 1000 })),
  startTimeout: optional(duration({ min: 10, max: WEEK })),
  completionTimeout: optional(duration({ min: 10, max: WEEK })),
};

/** Bounds of an elastic gang. */
export interface ElasticSettings {
  readonly minNodes: number;
  readonly maxRestarts: number;
  readonly startSeconds: number;
  readonly completionSeconds: number;
}

const MAX_RESTARTS = 3;
const COMPLETION_SECONDS = 600;

/** The bounds with their defaults. */
export function elasticSettings({ elastic }: DistributedRunProps, startSeconds: number): ElasticSettings | undefined {
  if (elastic === undefined) return undefined;
  const { minNodes, maxRestarts, completionTimeout } = elastic;
  return {
    minNodes,
    maxRestarts: maxRestarts ?? MAX_RESTARTS,
    startSeconds,
    completionSeconds: completionTimeout ? secondsOf(completionTimeout) : COMPLETION_SECONDS,
  };
}

/** What our script that starts the nodes of an elastic gang needs. */
export function elasticVariables(settings: ElasticSettings | undefined): EnvVar[] {
  if (settings === undefined) return [];
  return [
    { name: 'COMPLETION_MARKER', value: '$(CHECKPOINT_DIR)/COMPLETED' },
    { name: 'COMPLETION_TIMEOUT', value: String(settings.completionSeconds) },
    { name: 'START_TIMEOUT', value: String(settings.startSeconds) },
  ];
}

/** What of an elastic run does not go together. */
export function elasticProblems(props: DistributedRunProps): Problem[] {
  const { elastic, numNodes, checkpoints, parallelism } = props;
  if (elastic === undefined) return [];
  const bounds = (message: string, fix: string): Problem => ({
    rule: ELASTIC_BOUNDS,
    property: 'elastic.minNodes',
    value: String(elastic.minNodes),
    message,
    fix,
  });
  const problems: Problem[] = [];
  if (elastic.minNodes > numNodes) {
    const message = `elastic.minNodes is ${elastic.minNodes}, and numNodes, the most that there are, is ${numNodes}.`;
    problems.push(bounds(message, `Give 1 to ${numNodes}.`));
  }
  if (!checkpoints?.durable) {
    const what = checkpoints ? 'checkpoints go with their pod' : 'checkpoints is not set';
    problems.push({
      rule: ELASTIC_WITHOUT_CHECKPOINTS,
      property: 'checkpoints',
      message: `elastic is set and ${what}.`,
      fix: "Set checkpoints to a claim that all nodes share: Checkpoints.claim('name').",
    });
  }
  if (parallelism === undefined || elastic.minNodes >= numNodes) return problems;
  const perNode = ranksPerNode(props);
  const model = modelSize(parallelism);
  const { expert = 1, tensor = 1, expertTensor = tensor, pipeline = 1 } = parallelism;
  const experts = expert * expertTensor * pipeline;
  const unfit = [model, experts].find((size) => perNode % size !== 0);
  const range = `with ${elastic.minNodes} to ${numNodes} nodes`;
  if (parallelism.data !== undefined) {
    const message = `parallelism.data is ${parallelism.data}, and ${range} it changes.`;
    problems.push(bounds(message, 'Leave data out, or elastic.'));
  }
  if (unfit !== undefined) {
    const message = `${range} a copy of the model must not need more than one, and parallelism asks for ${unfit} processes where a node has ${perNode}.`;
    problems.push(bounds(message, `Give sizes whose product divides ${perNode}, or leave elastic out.`));
  }
  return problems;
}
