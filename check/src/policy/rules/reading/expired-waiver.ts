import { Severity } from '../../finding';
import type { ReadingRule } from '../../rule';
import { Group } from '../../rule';

export const expiredWaiver: ReadingRule = {
  name: 'expired-waiver',
  group: Group.READING,
  trouble: 'expired-waiver',
  severity: Severity.WARNING,
  facts: [],
  why: 'The waiver was given for a time that is over, and holds no longer. https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/',
  fix: 'Put right what was waived, or give the waiver another end with a reason.',
};
