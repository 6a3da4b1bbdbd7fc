import type { NodePoolSpecTemplateSpecRequirements } from '../../../imports/karpenter.sh';
import { labelKeyProblem, labelValueProblem } from '../../core/names';
import { checkArgument, integer, listOf, text } from '../../core/shape';
import type { Spelled } from '../../render/spelled';

/** A requirement as a NodePool spells it. */
export type Requirement = Spelled<NodePoolSpecTemplateSpecRequirements>;

/**
 * What a label of a machine must say for Karpenter to choose it. `spec.template.spec.requirements[]`
 *
 * Machine types, zones, capacity types and architecture have properties of their own.
 *
 * @see https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecrequirements
 */
export class NodeRequirement {
  /** The label has one of the values (operator In). */
  public static oneOf(key: string, ...values: string[]): NodeRequirement {
    return new NodeRequirement(requirement(key, 'In', someOf(values)));
  }

  /** The label has none of the values, or is not there (operator NotIn). */
  public static noneOf(key: string, ...values: string[]): NodeRequirement {
    return new NodeRequirement(requirement(key, 'NotIn', someOf(values)));
  }

  /** The label is there (operator Exists). */
  public static exists(key: string): NodeRequirement {
    return new NodeRequirement(requirement(key, 'Exists'));
  }

  /** The label is not there (operator DoesNotExist). */
  public static doesNotExist(key: string): NodeRequirement {
    return new NodeRequirement(requirement(key, 'DoesNotExist'));
  }

  /** The label is a whole number above the one given (operator Gt). */
  public static above(key: string, value: number): NodeRequirement {
    return new NodeRequirement(requirement(key, 'Gt', wholeNumber(value)));
  }

  /** The label is a whole number below the one given (operator Lt). */
  public static below(key: string, value: number): NodeRequirement {
    return new NodeRequirement(requirement(key, 'Lt', wholeNumber(value)));
  }

  private constructor(
    /** @internal */
    public readonly _requirement: Requirement,
  ) {}
}

const LONGEST_KEY = 316; // of the CRD; Kubernetes itself takes one character more

function requirement(key: string, operator: Requirement['operator'], values?: string[]): Requirement {
  checkArgument('key', key, text({ max: LONGEST_KEY, grammar: labelKeyProblem }));
  return { key, operator, values };
}

function someOf(values: string[]): string[] {
  return checkArgument('values', values, listOf(text({ max: 63, grammar: labelValueProblem }), { min: 1, max: 200 }));
}

function wholeNumber(value: number): string[] {
  return [String(checkArgument('value', value, integer()))];
}
