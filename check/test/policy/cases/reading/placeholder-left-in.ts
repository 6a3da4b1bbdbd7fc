import { Severity } from '../../../../src/policy/finding';
import { placeholderLeftIn } from '../../../../src/policy/rules/reading/placeholder-left-in';
import type { RuleCase } from '../../rule-case';

const POD = `
apiVersion: v1
kind: Pod
metadata: { name: server, namespace: ml }
spec:
  serviceAccountName: server
  nodeSelector: { pool: gpus }
  containers:
  - name: main
    image: registry.example.com/server:v1
    command: [sh, -c, 'serve --port \${PORT}']
    env:
    - { name: TOKEN, valueFrom: { secretKeyRef: { name: hub, key: token } } }
    - { name: URL, value: "http://$(HOST):80" }
    resources: { limits: { memory: 4Gi, nvidia.com/gpu: 1 } }
    volumeMounts: [{ name: models, mountPath: /models }]
  volumes: [{ name: models, persistentVolumeClaim: { claimName: models } }]
`;
const MAIN = 'spec.containers[0]';
const CHANGES: readonly (readonly [at: string, value: string])[] = [
  [`${MAIN}.image`, '${SERVE_IMAGE}'],
  [`${MAIN}.image`, '$IMAGE'],
  [`${MAIN}.image`, 'registry.example.com/<PROJECT-ID>/server:v1'],
  [`${MAIN}.resources.limits['nvidia.com/gpu']`, '${TP_SIZE}'],
  [`${MAIN}.env[0].valueFrom.secretKeyRef.name`, '<your-secret>'],
  ['spec.volumes[0].persistentVolumeClaim.claimName', '<your-pvc-name>'],
  ['spec.nodeSelector.pool', '<pool>'],
  ['spec.serviceAccountName', '${KSA_NAME}'],
];

export const PLACEHOLDER_LEFT_IN: RuleCase = {
  rule: placeholderLeftIn,
  good: POD,
  flips: CHANGES.map(([at, value]) => ({
    change: { [at]: value },
    at,
    says: /is a template that was not expanded: it has [$<]/,
    severity: Severity.WARNING,
  })),
  silent: {
    'a step of a workflow takes it from a parameter': `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: a- }
spec:
  entrypoint: a
  templates: [{ name: a, container: { image: "{{inputs.parameters.image}}" } }]
`,
    'several volumes without names': POD.replace('persistentVolumeClaim: { claimName: models }', 'emptyDir: {}'),
  },
};
