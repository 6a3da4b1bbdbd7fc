import { Severity } from '../../../../src/policy/finding';
import { longRunWithoutCheckpoint } from '../../../../src/policy/rules/lost-work/long-run-without-checkpoint';
import { CONTAINER, jobWith, POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { GPU, saving, training } from './manifests';

const says = /trains on GPUs and saves no checkpoints/;
const job = (command: string, spec = '', more = ''): string =>
  jobWith({ spec, container: `command: [${command}]\n${GPU}\n${more}` });

export const LONG_RUN_WITHOUT_CHECKPOINT: RuleCase = {
  rule: longRunWithoutCheckpoint,
  good: saving(),
  flips: [
    {
      change: {
        [`${CONTAINER}.env`]: undefined,
        [`${CONTAINER}.volumeMounts`]: undefined,
        [`${POD}.volumes`]: undefined,
      },
      at: CONTAINER,
      says,
      severity: Severity.WARNING,
    },
    {
      change: {
        [`${CONTAINER}.env`]: undefined,
        [`${CONTAINER}.volumeMounts[0]`]: { name: 'work', mountPath: '/work' },
        [`${POD}.volumes[0].name`]: 'work',
      },
      at: CONTAINER,
      says: /does not say where it saves checkpoints; \/work would keep them/,
      severity: Severity.INFO,
    },
    {
      change: {
        [`${CONTAINER}.env`]: undefined,
        [`${CONTAINER}.volumeMounts[0]`]: { name: 'dataset', mountPath: '/data' },
        [`${POD}.volumes[0].name`]: 'dataset',
      },
      at: CONTAINER,
      says: /trains on GPUs and names no checkpoints; \/data lasts, and looks like what it reads/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'ends within the hour': training('', '', 'backoffLimit: 0\nactiveDeadlineSeconds: 3600'),
    'its pod ends within the hour': training('', 'activeDeadlineSeconds: 3600', 'backoffLimit: 0'),
    'a set of data that is learnt in minutes': job('python, mnist.py, --epochs=1').replaceAll('train', 'work'),
    'a look at the GPU': job('python, -c, "import torch; print(torch.cuda.is_available())"'),
    'no GPU': jobWith({ container: 'command: [python, train.py]' }),
    'not known to train, and no long deadline': job('python, main.py').replaceAll('train', 'work'),
    'a test of the GPU': job('nvidia-smi', 'activeDeadlineSeconds: 7200'),
    'a benchmark': job('python, tf_cnn_benchmarks.py, --model=resnet50'),
    'predictions for a batch': job('python, predict.py', 'activeDeadlineSeconds: 7200'),
    'it says where it saves': job('python, train.py, --save-dir, "s3://b/x"'),
    'the configuration that it mounts says so': `${training(
      'volumeMounts: [{ name: conf, mountPath: /conf }]',
      'volumes: [{ name: conf, configMap: { name: conf } }]',
    )}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: conf, namespace: ml }
data: { config.yaml: 'save_steps: 100, output_dir: /x' }
`,
    'variables that are not here may say so': training('envFrom: [{ configMapRef: { name: settings } }]'),
    'on spot nodes it is another finding': training('', 'nodeSelector: { karpenter.sh/capacity-type: spot }'),
  },
};
