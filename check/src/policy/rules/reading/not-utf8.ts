import { Severity } from '../../finding';
import type { ReadingRule } from '../../rule';
import { Group } from '../../rule';

export const notUtf8: ReadingRule = {
  name: 'not-utf8',
  group: Group.READING,
  trouble: 'not-utf8',
  severity: Severity.ERROR,
  facts: [],
  why: 'kubectl and the API server read UTF-8 only, and refuse the file. https://yaml.org/spec/1.1/#id868518',
  fix: 'Save the file as UTF-8.',
};
