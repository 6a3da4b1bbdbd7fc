import { Severity } from '../../finding';
import type { ReadingRule } from '../../rule';
import { Group } from '../../rule';

export const waiverWithoutReason: ReadingRule = {
  name: 'waiver-without-reason',
  group: Group.READING,
  trouble: 'waiver-without-reason',
  severity: Severity.WARNING,
  facts: [],
  why: 'A waiver that nobody can judge later protects nobody, so it does not hold. https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/',
  fix: 'Say why it is right here, in a few words.',
};
