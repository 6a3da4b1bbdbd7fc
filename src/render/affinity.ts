import type { Affinity as AffinitySpec, NodeSelectorRequirement } from '../../imports/k8s';
import { labelKeyProblem, labelValueProblem } from '../core/names';
import { checkArgument, instanceOf, integer, listOf, text } from '../core/shape';

/**
 * Which nodes a pod may or should run on, beyond what its pool or GPU model already says.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export class Affinity {
  /** Only nodes whose label has one of the values. */
  public static requireNodes(label: string, ...values: string[]): Affinity {
    return new Affinity([requirement(label, 'In', values)], []);
  }

  /** Only nodes whose label has none of the values. */
  public static avoidNodes(label: string, ...values: string[]): Affinity {
    return new Affinity([requirement(label, 'NotIn', values)], []);
  }

  /** Rather nodes whose label has one of the values; `weight` from 1 to 100. */
  public static preferNodes(weight: number, label: string, ...values: string[]): Affinity {
    checkArgument('weight', weight, integer({ min: 1, max: 100 }));
    return new Affinity([], [{ weight, requirement: requirement(label, 'In', values) }]);
  }

  /**
   * Rather nodes without any of these labels.
   *
   * @internal
   */
  public static _preferWithout(labels: readonly string[]): Affinity {
    const absent = labels.map((key) => ({ weight: 100, requirement: { key, operator: 'DoesNotExist' as const } }));
    return new Affinity([], absent);
  }

  private constructor(
    /** @internal */
    public readonly _required: readonly NodeSelectorRequirement[],
    /** @internal */
    public readonly _preferred: readonly { readonly weight: number; readonly requirement: NodeSelectorRequirement }[],
  ) {}

  /** Both must hold. */
  public plus(other: Affinity): Affinity {
    checkArgument('other', other, instanceOf(Affinity, 'Affinity.requireNodes(...)'));
    return new Affinity([...this._required, ...other._required], [...this._preferred, ...other._preferred]);
  }
}

function requirement(key: string, operator: 'In' | 'NotIn', values: string[]): NodeSelectorRequirement {
  checkArgument('label', key, text({ max: 317, grammar: labelKeyProblem }));
  checkArgument('values', values, listOf(text({ min: 0, max: 63, grammar: labelValueProblem }), { min: 1, max: 100 }));
  return { key, operator, values: [...values] };
}

/** `spec.affinity.nodeAffinity` of several sources that must all hold, or nothing. */
export function nodeAffinity(sources: readonly (Affinity | undefined)[]): AffinitySpec['nodeAffinity'] {
  const given = sources.filter((source): source is Affinity => source !== undefined);
  const required = given.flatMap((source) => source._required);
  const preferred = given.flatMap((source) => source._preferred);
  if (required.length + preferred.length === 0) return undefined;
  return {
    requiredDuringSchedulingIgnoredDuringExecution:
      required.length === 0 ? undefined : { nodeSelectorTerms: [{ matchExpressions: [...required] }] },
    preferredDuringSchedulingIgnoredDuringExecution:
      preferred.length === 0
        ? undefined
        : preferred.map((term) => ({ weight: term.weight, preference: { matchExpressions: [term.requirement] } })),
  };
}
