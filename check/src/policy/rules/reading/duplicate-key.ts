import { Severity } from '../../finding';
import type { ReadingRule } from '../../rule';
import { Group } from '../../rule';

export const duplicateKey: ReadingRule = {
  name: 'duplicate-key',
  group: Group.READING,
  trouble: 'duplicate-key',
  severity: Severity.ERROR,
  facts: [],
  why: 'kubectl and strict validation refuse the document; other tools silently take the last value. https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  fix: 'Leave one of them.',
};
