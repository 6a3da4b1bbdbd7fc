import { Severity } from '../../finding';
import type { ReadingRule } from '../../rule';
import { Group } from '../../rule';

export const unreadableFile: ReadingRule = {
  name: 'unreadable-file',
  group: Group.READING,
  trouble: 'unreadable-file',
  severity: Severity.ERROR,
  facts: [],
  why: 'A path that cannot be read means that less was checked than was asked for. https://kubernetes.io/docs/reference/kubectl/generated/kubectl_apply/',
  fix: 'Give paths that exist and can be read.',
};
