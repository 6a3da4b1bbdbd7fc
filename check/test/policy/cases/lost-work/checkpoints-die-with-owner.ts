import { Severity } from '../../../../src/policy/finding';
import { checkpointsDieWithOwner } from '../../../../src/policy/rules/lost-work/checkpoints-die-with-owner';
import type { RuleCase } from '../../rule-case';

const TEMPLATE = `
  - metadata: { name: state }
    spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 100Gi } } }`;
const workflow = (args: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: x-, namespace: ml }
spec:
  entrypoint: train
  serviceAccountName: x
  volumeClaimTemplates: ${TEMPLATE}
  templates:
  - name: train
    container: { image: 'registry.example.com/a:v1', command: [python, train.py, ${args}], volumeMounts: [{ name: state, mountPath: /state }] }
`;
const says = /keeps checkpoints in the claim state, which is deleted with it/;

export const CHECKPOINTS_DIE_WITH_OWNER: RuleCase = {
  rule: checkpointsDieWithOwner,
  good: workflow('--checkpoint-dir, "s3://b/x"'),
  flips: [
    {
      change: { 'spec.templates[0].container.command[3]': '/state' },
      at: 'spec.volumeClaimTemplates[0]',
      says,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'a result that the next step takes': workflow('--output, /state/model') },
};

const MOUNT = '{ name: state, mountPath: /state }';

export const CHECKPOINTS_DIE_WITH_JOB_SET: RuleCase = {
  rule: checkpointsDieWithOwner,
  good: `
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: x, namespace: ml }
spec:
  volumeClaimPolicies:
  - retentionPolicy: { whenDeleted: Retain }
    templates: [{ metadata: { name: state } }]
  replicatedJobs:
  - name: node
    template:
      spec:
        template:
          spec:
            restartPolicy: Never
            containers: [{ name: a, image: 'a:1', command: [python, train.py, --save, /state], volumeMounts: [${MOUNT}] }]
`,
  flips: [
    {
      change: { 'spec.volumeClaimPolicies[0].retentionPolicy': undefined },
      at: 'spec.volumeClaimPolicies[0].templates[0]',
      says,
      severity: Severity.WARNING,
    },
  ],
};
