import { Severity } from '../../../../src/policy/finding';
import { checkpointInContainer } from '../../../../src/policy/rules/lost-work/checkpoint-in-container';
import { CONTAINER, jobWith, POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { CLAIM, GPU, saving, training } from './manifests';

const MOUNTED = 'volumeMounts: [{ name: ckpt, mountPath: /ckpt }]';
const withArgs = (args: string, more = ''): string => training(`args: [${args}]\n${MOUNTED}\n${more}`, CLAIM);
const error = { severity: Severity.ERROR } as const;

export const CHECKPOINT_IN_CONTAINER: RuleCase = {
  rule: checkpointInContainer,
  good: saving(),
  flips: [
    {
      change: { [`${CONTAINER}.volumeMounts[0].mountPath`]: '/ckpt-old' },
      at: `${CONTAINER}.env[0].value`,
      says: /saves to \/ckpt\/run \(CHECKPOINT_DIR\) in container main, which is in no volume/,
      ...error,
    },
    {
      change: { [`${CONTAINER}.env`]: undefined, [`${CONTAINER}.args`]: ['--epochs', '3', '--output_dir', '/results'] },
      at: `${CONTAINER}.args[3]`,
      says: /saves to \/results \(--output_dir\)/,
      ...error,
    },
    {
      change: {
        [`${CONTAINER}.env`]: undefined,
        [`${CONTAINER}.args`]: ['--epochs', '3', '--resume=/workspace/checkpoint.pth.tar'],
      },
      at: `${CONTAINER}.args[2]`,
      says: /resumes from \/workspace\/checkpoint.pth.tar \(--resume\) in container main, which is in no volume/,
      severity: Severity.WARNING,
    },
    {
      change: {
        [`${CONTAINER}.env`]: undefined,
        [`${CONTAINER}.command`]: ['sh', '-c', 'cd /app && python train.py --save=/results/m'],
      },
      at: `${CONTAINER}.command[2]`,
      says: /saves to \/results\/m \(--save\)/,
      ...error,
    },
    {
      change: {
        [`${CONTAINER}.env`]: undefined,
        [`${CONTAINER}.command`]: ['sh', '-c', 'python train.py --output_dir="/results"'],
      },
      at: `${CONTAINER}.command[2]`,
      says: /saves to \/results \(--output_dir\)/,
      ...error,
    },
    {
      change: {
        [`${CONTAINER}.env`]: undefined,
        [`${CONTAINER}.args`]: ['trainer.default_root_dir=out'],
        [`${CONTAINER}.workingDir`]: '/app',
      },
      at: `${CONTAINER}.args[0]`,
      says: /saves to out, which is \/app\/out \(trainer.default_root_dir\)/,
      ...error,
    },
    {
      change: {
        [`${CONTAINER}.env`]: undefined,
        [`${CONTAINER}.args`]: ['--checkpoint_dir=./checkpoints'],
        [`${POD}.volumes[0]`]: { name: 'ckpt', hostPath: { path: '/mnt/disks' } },
      },
      at: `${CONTAINER}.args[0]`,
      says: /saves to \.\/checkpoints \(--checkpoint_dir\)/,
      ...error,
    },
    {
      change: { [`${CONTAINER}.args`]: ['--output', '/figures'] },
      at: `${CONTAINER}.args[1]`,
      says: /saves to \/figures/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'URLs of object stores': withArgs('--checkpoint-dir, "s3://bucket/run", --output, "gs://bucket/model"'),
    'a directory below a volume, by a variable': withArgs(
      '--output, $(CKPT)/out',
      'env: [{ name: CKPT, value: /ckpt }]',
    ),
    'numbers, formats and switches': withArgs(
      '--save_steps, "500", --output-format, json, --save_strategy, epoch, --save',
    ),
    'weights to start from': withArgs('--checkpoint, /opt/bert.pt, --init_checkpoint, /opt/bert'),
    'a path that is not known': withArgs('--output, $(WHEREVER)/x'),
    'a relative path may be in a volume': withArgs('--output_dir, results'),
    'a run known to do other work': jobWith({ container: `command: [nvidia-smi, --output, /x]\n${GPU}` }),
    'uploaded by the script': jobWith({
      container: `command: [sh, -c, 'python train.py --output /out && aws s3 cp /out s3://b/m --recursive']\n${GPU}`,
    }),
    'an artifact of Argo': `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: train- }
spec:
  templates:
  - name: train
    container: { image: 'a:1', command: [python, train.py, --output, /out/model] }
    outputs: { artifacts: [{ name: model, path: /out }] }
`,
    'a launcher whose program runs in the workers': `
apiVersion: kubeflow.org/v2beta1
kind: MPIJob
metadata: { name: x }
spec:
  mpiReplicaSpecs:
    Launcher:
      template: { spec: { containers: [{ name: l, image: 'a:1', command: [mpirun, python, train.py, --checkpoint-dir, /ckpt] }] } }
    Worker:
      template:
        spec:
          containers: [{ name: w, image: 'a:1', volumeMounts: [{ name: c, mountPath: /ckpt }] }]
          volumes: [{ name: c, persistentVolumeClaim: { claimName: c } }]
`,
    'a runtime that is not here may have the mount': `
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: x }
spec: { runtimeRef: { name: torch }, trainer: { args: [--output, /models], resourcesPerNode: { limits: { nvidia.com/gpu: 1 } } } }
`,
  },
};
