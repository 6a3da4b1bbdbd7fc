import { Severity } from '../../finding';
import type { ReadingRule } from '../../rule';
import { Group } from '../../rule';

export const unparsableDocument: ReadingRule = {
  name: 'unparsable-document',
  group: Group.READING,
  trouble: 'unparsable-document',
  severity: Severity.ERROR,
  facts: [],
  why: 'The API server refuses the document; a lenient tool goes on with half of it. https://yaml.org/spec/1.1/',
  fix: 'Put the syntax right.',
};
