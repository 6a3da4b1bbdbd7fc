import { Severity } from '../../../../src/policy/finding';
import { removedApiVersion } from '../../../../src/policy/rules/reading/removed-api-version';
import type { RuleCase } from '../../rule-case';

const at = 'apiVersion';

export const REMOVED_API_VERSIONS: readonly RuleCase[] = [
  {
    rule: removedApiVersion,
    good: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: 0 2 * * *
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: 'example.com/a:v1' }] } } } }
`,
    flips: [
      {
        change: { apiVersion: 'batch/v1beta1' },
        at,
        says: /batch\/v1beta1, which no server has since Kubernetes 1.25/,
        severity: Severity.ERROR,
      },
    ],
    silent: { 'a group of somebody else': 'apiVersion: example.com/v1beta1\nkind: CronJob\nmetadata: { name: x }\n' },
  },
  {
    rule: removedApiVersion,
    good: 'apiVersion: kueue.x-k8s.io/v1beta2\nkind: ResourceFlavor\nmetadata: { name: h100 }\n',
    flips: [
      { change: { apiVersion: 'kueue.x-k8s.io/v1beta1' }, at, says: /which is deprecated/, severity: Severity.WARNING },
      { change: { apiVersion: 'kueue.x-k8s.io/v1alpha2' }, at, says: /which no server has/, severity: Severity.ERROR },
    ],
  },
];
