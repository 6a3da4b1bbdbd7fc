import { Severity } from '../../finding';
import type { ReadingRule } from '../../rule';
import { Group } from '../../rule';

export const notAnObject: ReadingRule = {
  name: 'not-an-object',
  group: Group.READING,
  trouble: 'not-an-object',
  severity: Severity.ERROR,
  facts: [],
  why: 'The API server takes objects with apiVersion and kind, and refuses everything else. https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields',
  fix: 'Write one object for each document, with apiVersion and kind.',
};
