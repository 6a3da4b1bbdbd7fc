import { Severity } from '../../finding';
import type { ReadingRule } from '../../rule';
import { Group } from '../../rule';

export const aliasBomb: ReadingRule = {
  name: 'alias-bomb',
  group: Group.READING,
  trouble: 'alias-bomb',
  severity: Severity.ERROR,
  facts: [],
  why: 'A few lines unfold into gigabytes; the API server refuses them. https://github.com/kubernetes/kubernetes/issues/83253',
  fix: 'Write the values out.',
};
