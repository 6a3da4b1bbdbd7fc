import type { IConstruct } from 'constructs';
import { knownRules, Level, refuse, show } from './diagnostics';
import { didYouMean } from './nearest';
import { CANNOT_ACKNOWLEDGE, EMPTY_REASON, UNKNOWN_RULE } from './rules';
import { checkArgument, like, text } from './shape';

const LONGEST_REASON = 1000; // an annotation on every object of the construct
const acknowledgements = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Lets a diagnostic of level `unsafe` pass, with a reason that stays on the objects.
 *
 * The objects of the construct that raises it carry `cdk8s-ml.dev/waive-<rule name>: <reason>`, which `cdk8s-ml-check`
 * and readers of the manifest understand. It holds for the construct and everything below it.
 *
 * ```ts
 * Acknowledge.of(job).add('TRN001', 'A smoke test of five minutes; nothing to save.');
 * ```
 */
export class Acknowledge {
  /** Acknowledgements of a construct and of what stands below it. */
  public static of(construct: IConstruct): Acknowledge {
    checkArgument('construct', construct, like('construct', ['node'], 'the construct that the message names'));
    return new Acknowledge(construct);
  }

  private constructor(private readonly construct: IConstruct) {}

  /**
   * Lets one diagnostic pass.
   *
   * COR007 without a reason, COR008 for an unknown id, COR009 for a diagnostic that cannot be acknowledged.
   *
   * @param id number of the diagnostic, such as `TRN001`
   * @param reason why it is right here, for those who read the manifest later
   */
  public add(id: string, reason: string): void {
    checkArgument('id', id, text({ max: 100 }));
    const rule = knownRules().get(id);
    if (!rule) {
      refuse(
        UNKNOWN_RULE,
        `there is no diagnostic ${show(id)}${didYouMean(id, knownRules().keys())}.`,
        'Take the id from the message.',
      );
    }
    if (rule.level === Level.INVALID) {
      refuse(
        CANNOT_ACKNOWLEDGE,
        `${id} (${rule.name}) cannot be acknowledged: ${rule.why}`,
        'Put right what it reports.',
      );
    }
    if (typeof reason !== 'string' || !/[^\s\d]/.test(reason)) {
      refuse(EMPTY_REASON, `${id} is acknowledged with ${show(reason)} as reason.`, 'Say why it is right here.');
    }
    checkArgument('reason', reason, text({ max: LONGEST_REASON }));
    const known = acknowledgements.get(this.construct) ?? new Map<string, string>();
    known.set(id, reason);
    acknowledgements.set(this.construct, known);
  }
}

/** The reason given for a diagnostic on a construct or above it; the nearest wins. */
export function acknowledgementOf(construct: IConstruct, id: string): string | undefined {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    const reason = acknowledgements.get(at)?.get(id);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
