import { RULES } from '../../src/policy/rules';
import { findings } from './rule-case';

// What rules say of the trials of an Experiment is said of the object that each of them makes.

const EXPERIMENT = `
apiVersion: kubeflow.org/v1beta1
kind: Experiment
metadata: { name: tune, namespace: ml }
spec:
  objective: { type: minimize, goal: 0.001, objectiveMetricName: loss }
  algorithm: { algorithmName: random }
  parallelTrialCount: 3
  maxTrialCount: 12
  maxFailedTrialCount: 3
  parameters:
  - { name: lr, parameterType: double, feasibleSpace: { min: "0.01", max: "0.05" } }
  trialTemplate:
    primaryContainerName: training-container
    trialParameters:
    - { name: learningRate, description: Learning rate, reference: lr }
    trialSpec:
      apiVersion: batch/v1
      kind: Job
      spec:
        activeDeadlineSeconds: 3600
        backoffLimit: 0
        template:
          spec:
            restartPolicy: Never
            serviceAccountName: trials
            automountServiceAccountToken: false
            tolerations: [{ key: nvidia.com/gpu, operator: Exists, effect: NoSchedule }]
            containers:
            - name: training-container
              image: example.com/train@sha256:${'0'.repeat(64)}
              command: [python, train.py, "--lr=\${trialParameters.learningRate}"]
              resources:
                requests: { cpu: 4, memory: 32Gi }
                limits: { nvidia.com/gpu: 1, memory: 32Gi }
`;
const said = (text: string) =>
  findings(text, RULES).map(({ rule, object, path, line }) => [rule, `${object?.kind} ${object?.name}`, path, line]);

test('nothing of how it is made is an error or a warning in a sound Experiment', () => {
  expect(findings(EXPERIMENT, RULES).filter(({ severity }) => severity !== 'info')).toEqual([]);
});

test.each([
  ['gpu-run-deadline', '        activeDeadlineSeconds: 3600\n', '', 'spec.activeDeadlineSeconds', 20],
  [
    'floating-image',
    /example.com\/train@sha256:0*/,
    'example.com/train:latest',
    'spec.template.spec.containers[0].image',
    31,
  ],
  ['gpu-toleration', /\n *tolerations: .*/, '', 'spec.template.spec.tolerations', 24],
])('%s is found in its trials', (name, from, to, path, line) => {
  expect(said(EXPERIMENT.replace(from, to))).toContainEqual([name, 'Job tune-*', path, line]);
  expect(said(EXPERIMENT).map(([rule]) => rule)).not.toContain(name);
});

test('what is found in a template that stands in a ConfigMap is waived on the Experiment', () => {
  const [head, spec] = EXPERIMENT.split('    trialSpec:\n');
  const template = spec.replace(/^ {6}/gm, '    ').replace('        activeDeadlineSeconds: 3600\n', '');
  const text = (annotations: string): string => `${head.replace('{ name: tune,', `{ ${annotations} name: tune,`)}
    configMap: { configMapName: trials, configMapNamespace: ml, templatePath: job.yaml }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: trials, namespace: ml }
data:
  job.yaml: |
${template.replace(/ *activeDeadlineSeconds: 3600\n/, '')}`;
  const deadlines = (annotations: string) =>
    findings(text(annotations), RULES).filter(({ rule }) => rule === 'gpu-run-deadline');
  expect(deadlines('')).toMatchObject([{ object: { name: 'tune-*' }, path: 'spec.activeDeadlineSeconds' }]);
  expect(deadlines('')[0].waived).toBeUndefined();
  const waiver = 'annotations: { cdk8s-ml.dev/waive-gpu-run-deadline: The trials end by themselves. },';
  expect(deadlines(waiver)[0].waived?.reason).toBe('The trials end by themselves.');
});
