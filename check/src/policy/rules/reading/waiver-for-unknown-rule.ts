import { Severity } from '../../finding';
import type { ReadingRule } from '../../rule';
import { Group } from '../../rule';

export const waiverForUnknownRule: ReadingRule = {
  name: 'waiver-for-unknown-rule',
  group: Group.READING,
  trouble: 'waiver-for-unknown-rule',
  severity: Severity.WARNING,
  facts: [],
  why: 'A misspelt waiver waives nothing, and hides that from its readers. https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/',
  fix: 'Write the name of the rule as cdk8s-ml-check rules lists it.',
};
