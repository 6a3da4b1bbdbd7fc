import { Severity } from '../../../../src/policy/finding';
import { deprecatedField } from '../../../../src/policy/rules/reading/deprecated-field';
import type { RuleCase } from '../../rule-case';

const CRON_WORKFLOW = `
apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: { name: retrain, namespace: ml }
spec:
  schedules: ["0 3 * * 0"]
  timezone: Etc/UTC
  workflowSpec: { workflowTemplateRef: { name: retrain } }
`;

export const DEPRECATED_FIELD: RuleCase = {
  rule: deprecatedField,
  good: CRON_WORKFLOW,
  flips: [
    {
      change: { 'spec.schedule': '0 3 * * 0', 'spec.schedules': undefined },
      at: 'spec.schedule',
      says: /has spec.schedule, which is deprecated since Argo Workflows 3.6/,
      fix: /Write spec.schedules/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'the field of another kind':
      'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec: { schedule: 0 3 * * 0 }\n',
  },
};
