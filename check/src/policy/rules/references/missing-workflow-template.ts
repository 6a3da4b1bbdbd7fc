import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingWorkflowTemplate: Rule<Scope.SET> = closedWorld('workflow-template', {
  name: 'missing-workflow-template',
  why: 'A workflow of a template that is not there fails at once. https://argo-workflows.readthedocs.io/en/latest/workflow-templates/',
  fix: 'Add the WorkflowTemplate, correct the name, or declare it external.',
});
