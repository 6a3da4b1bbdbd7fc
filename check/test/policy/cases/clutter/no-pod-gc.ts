import { Severity } from '../../../../src/policy/finding';
import { noPodGc } from '../../../../src/policy/rules/clutter/no-pod-gc';
import type { RuleCase } from '../../rule-case';

const workflow = (kind: string, spec: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: ${kind}
metadata: { name: x, namespace: ml }
spec: ${spec}
`;
const at = 'spec.podGC';

export const NO_POD_GC: RuleCase = {
  rule: noPodGc,
  good: workflow('Workflow', '{ entrypoint: a, podGC: { strategy: OnPodSuccess } }'),
  flips: [{ change: { [at]: undefined }, at, says: /keeps the pods of its steps/, severity: Severity.INFO }],
  silent: {
    'a template may say it': workflow('Workflow', '{ workflowTemplateRef: { name: t } }'),
    'no run yet': workflow('WorkflowTemplate', '{ entrypoint: a }'),
  },
};
