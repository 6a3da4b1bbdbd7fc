import { Severity } from '../../../../src/policy/finding';
import { podFailurePolicy } from '../../../../src/policy/rules/clutter/pod-failure-policy';
import { jobWith, POD } from '../job-manifests';
import type { Flip, RuleCase } from '../../rule-case';

const rules = 'spec.podFailurePolicy.rules';
const codes = `${rules}[1].onExitCodes`;
const refused = (change: Flip['change'], says: RegExp, at: string = Object.keys(change)[0]): Flip => ({
  change,
  at,
  says,
  severity: Severity.ERROR,
});

export const POD_FAILURE_POLICY: RuleCase = {
  rule: podFailurePolicy,
  good: jobWith({
    spec: `
podFailurePolicy:
  rules:
  - { action: Ignore, onPodConditions: [{ type: DisruptionTarget, status: 'True' }] }
  - { action: FailJob, onExitCodes: { containerName: main, operator: In, values: [2, 137] } }
`,
  }),
  flips: [
    refused({ [`${POD}.restartPolicy`]: 'OnFailure' }, /has a podFailurePolicy with the restartPolicy OnFailure/),
    refused({ [`${rules}[1].action`]: 'FailIndex' }, /has the action FailIndex and no backoffLimitPerIndex/),
    refused({ [`${codes}.containerName`]: 'trainer' }, /names the container trainer/),
    refused({ [`${codes}.values`]: [137, 2] }, /lists the exit codes 137, 2, which are not in order/),
    refused({ [`${codes}.values`]: [2, 2] }, /lists the exit codes 2, 2/),
    refused({ [`${codes}.values`]: [0, 2] }, /lists the exit code 0/),
    refused(
      {
        [rules]: Array.from({ length: 21 }, () => ({
          action: 'Ignore',
          onPodConditions: [{ type: 'X', status: 'True' }],
        })),
      },
      /has 21 rules/,
    ),
  ],
  silent: {
    'an init container has exit codes as well': jobWith({
      pod: 'initContainers: [{ name: fetch, image: "a:1" }]',
      spec: 'podFailurePolicy: { rules: [{ action: FailJob, onExitCodes: { containerName: fetch, operator: In, values: [3] } }] }',
    }),
  },
  cluster: 'rejects',
};
