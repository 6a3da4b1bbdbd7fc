import { Severity } from '../../finding';
import type { ReadingRule } from '../../rule';
import { Group } from '../../rule';

export const unexpandedTemplate: ReadingRule = {
  name: 'unexpanded-template',
  group: Group.READING,
  trouble: 'unexpanded-template',
  severity: Severity.WARNING,
  facts: [],
  why: 'What is applied is not this text, so nothing can be said about it. https://helm.sh/docs/helm/helm_template/',
  fix: 'Run the template engine first (helm template, kustomize build, envsubst) and check what it writes.',
};
