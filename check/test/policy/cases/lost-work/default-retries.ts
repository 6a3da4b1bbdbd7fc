import { Severity } from '../../../../src/policy/finding';
import { defaultRetries } from '../../../../src/policy/rules/lost-work/default-retries';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { saving, training } from './manifests';

const at = 'spec.backoffLimit';
const pyTorchJob = (restartPolicy: string): string => `
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: x }
spec:
  pytorchReplicaSpecs:
    Worker:
      restartPolicy: ${restartPolicy}
      template: { spec: { containers: [{ name: pytorch, image: 'a:1', resources: { limits: { nvidia.com/gpu: 1 } } }] } }
`;

export const DEFAULT_RETRIES: RuleCase = {
  rule: defaultRetries,
  good: training(''),
  flips: [
    {
      change: { [at]: undefined },
      at,
      says: /how often it is tried again, which is 6 times/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'no GPU': jobWith({ container: 'command: [python, train.py]' }),
    'a retry limit for each index': training(
      '',
      '',
      'backoffLimitPerIndex: 1\ncompletionMode: Indexed\ncompletions: 2',
    ),
    'a PyTorchJob that never restarts': pyTorchJob('Never'),
    'a text in its place is another finding': training('', '', 'backoffLimit: "3"'),
  },
};

export const DEFAULT_RETRIES_WITH_CHECKPOINTS: RuleCase = {
  rule: defaultRetries,
  good: saving(),
  flips: [{ change: { [at]: undefined }, at, says: /which is 6 times/, severity: Severity.INFO }],
};

export const DEFAULT_RETRIES_OF_OPERATORS: RuleCase = {
  rule: defaultRetries,
  good: pyTorchJob('Never'),
  flips: [
    {
      change: { 'spec.pytorchReplicaSpecs.Worker.restartPolicy': undefined },
      at: 'spec.runPolicy.backoffLimit',
      says: /which is without end/,
      severity: Severity.WARNING,
    },
  ],
};
