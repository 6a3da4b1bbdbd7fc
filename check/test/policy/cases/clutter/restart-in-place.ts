import { Severity } from '../../../../src/policy/finding';
import { restartInPlace } from '../../../../src/policy/rules/clutter/restart-in-place';
import { jobWith, POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${POD}.restartPolicy`;

export const RESTART_IN_PLACE: RuleCase = {
  rule: restartInPlace,
  good: jobWith({ container: 'command: [python, train.py]' }),
  flips: [
    { change: { [at]: 'OnFailure' }, at, says: /restarts a failed training in its pod/, severity: Severity.WARNING },
  ],
  silent: {
    'no training': jobWith({ pod: 'restartPolicy: OnFailure', container: 'command: [./migrate]' }).replaceAll(
      'train',
      'work',
    ),
    'the training operator restarts by other rules': `
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: x }
spec: { pytorchReplicaSpecs: { Worker: { restartPolicy: OnFailure, template: { spec: { restartPolicy: OnFailure, containers: [{ name: pytorch, image: 'a:1' }] } } } } }
`,
  },
};
