import { labelKeyProblem, labelValueProblem } from '../core/names';
import type { Shape } from '../core/shape';
import { enumOf, optional, text } from '../core/shape';

/** Effect of a taint on pods that do not tolerate it. */
export enum TaintEffect {
  /** New pods are not placed on the node. */
  NO_SCHEDULE = 'NoSchedule',
  /** New pods are placed elsewhere when possible. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',
  /** Running pods are evicted as well. */
  NO_EXECUTE = 'NoExecute',
}

/** A taint that nodes carry. */
export interface Taint {
  /** Key, such as `nvidia.com/gpu`. */
  readonly key: string;
  /**
   * Value.
   *
   * @default - no value
   */
  readonly value?: string;
  /** What happens to pods that do not tolerate it. */
  readonly effect: TaintEffect;
}

/** A toleration as a pod carries it. `spec.template.spec.tolerations[]` */
export interface Toleration {
  /** Key of the taint. */
  readonly key: string;
  /**
   * Value of the taint.
   *
   * @default - any value is tolerated (operator Exists)
   */
  readonly value?: string;
  /**
   * Effect of the taint.
   *
   * @default - every effect is tolerated
   */
  readonly effect?: TaintEffect;
}

/** The toleration that every GPU node of every platform asks for, whatever value its taint has. */
export const GPU_TOLERATION: Toleration = { key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE };

/** Key of the taint that keeps other pods off GPU nodes, by convention: the name of the vendor's resource. */
export function gpuTaintKey(resourceName: string): string {
  return resourceName.startsWith('nvidia.com/') ? GPU_TOLERATION.key : resourceName;
}

/** Tolerations that fit taints exactly. */
export function tolerationsOf(taints: readonly Taint[]): Toleration[] {
  return taints.map(({ key, value, effect }) => ({ key, value, effect }));
}

/** Whether two lists tolerate the same, in any order. */
export function sameTolerations(a: readonly Toleration[], b: readonly Toleration[]): boolean {
  return keys(a) === keys(b);
}

/** Each toleration once, first place kept. */
export function distinctTolerations(tolerations: readonly Toleration[]): Toleration[] {
  return [...new Map(tolerations.map((toleration) => [keyOf(toleration), toleration])).values()];
}

function keys(tolerations: readonly Toleration[]): string {
  return [...new Set(tolerations.map(keyOf))].sort().join('\n');
}

function keyOf({ key, value, effect }: Toleration): string {
  return JSON.stringify([key, value ?? null, effect ?? null]);
}

/** Checks of a taint. */
export const taintShape: Shape<Taint> = {
  key: text({ max: 317, grammar: labelKeyProblem }),
  value: optional(text({ min: 0, max: 63, grammar: labelValueProblem })),
  effect: enumOf('TaintEffect', TaintEffect),
};

/** Checks of a toleration. */
export const tolerationShape: Shape<Toleration> = {
  ...taintShape,
  effect: optional(enumOf('TaintEffect', TaintEffect)),
};
