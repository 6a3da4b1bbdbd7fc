import { Severity } from '../../finding';
import type { ReadingRule } from '../../rule';
import { Group } from '../../rule';

export const unusedWaiver: ReadingRule = {
  name: 'unused-waiver',
  group: Group.READING,
  trouble: 'unused-waiver',
  severity: Severity.WARNING,
  facts: [],
  why: 'A waiver that outlived its finding will hide the next one. https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/',
  fix: 'Take the waiver away.',
};
