import type { FactRule } from '../../../../src/policy/rule';
import { Severity } from '../../../../src/policy/finding';
import { missingClaim } from '../../../../src/policy/rules/references/missing-claim';
import { missingConfigMap } from '../../../../src/policy/rules/references/missing-config-map';
import { missingQueue } from '../../../../src/policy/rules/references/missing-queue';
import { missingResourceClaim } from '../../../../src/policy/rules/references/missing-resource-claim';
import { missingRole } from '../../../../src/policy/rules/references/missing-role';
import { missingRuntime } from '../../../../src/policy/rules/references/missing-runtime';
import { missingRuntimeClass } from '../../../../src/policy/rules/references/missing-runtime-class';
import { missingSecret } from '../../../../src/policy/rules/references/missing-secret';
import { missingService } from '../../../../src/policy/rules/references/missing-service';
import { missingServiceAccount } from '../../../../src/policy/rules/references/missing-service-account';
import { missingStorageClass } from '../../../../src/policy/rules/references/missing-storage-class';
import { missingTriggerAuthentication } from '../../../../src/policy/rules/references/missing-trigger-authentication';
import { missingWorkflowTemplate } from '../../../../src/policy/rules/references/missing-workflow-template';
import type { RuleCase } from '../../rule-case';

// Of a set that is all that there is, everything that is named is in it.

const pod = (spec: string, container = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: main, namespace: ml }
spec:
  restartPolicy: Never
  ${spec}
  containers:
  - name: main
    image: registry.example.com/main:v1
    ${container}
`;
const object = (
  apiVersion: string,
  kind: string,
  name: string,
  more = '',
  namespace = ', namespace: ml',
): string => `---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name}${namespace} }
${more}
`;
/** A manifest that names an object, and the object. */
const closed = (
  rule: FactRule,
  manifest: string,
  target: string,
  at: string,
  silent: RuleCase['silent'] = {},
): RuleCase => ({
  rule,
  options: { complete: true },
  good: `${manifest}${target}`,
  flips: [
    { object: 1, change: { 'metadata.name': 'another' }, at, says: /which is not there/, severity: Severity.ERROR },
    ...(/namespace: ml/.test(target)
      ? [
          {
            object: 1,
            change: { 'metadata.namespace': 'other' },
            at,
            says: /which is not there/,
            severity: Severity.ERROR,
          },
        ]
      : []),
  ],
  silent,
});

const fromSecret = (more = ''): string =>
  pod('', `env: [{ name: TOKEN, valueFrom: { secretKeyRef: { name: hub, key: token${more} } } }]`);
const mounting = pod('volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]');
const claim = (more: string): string => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: ml }
spec: { accessModes: [ReadWriteMany], resources: { requests: { storage: 1Gi } }${more} }
`;

export const MISSING_SECRET: RuleCase = closed(
  missingSecret,
  fromSecret(),
  object('v1', 'Secret', 'hub', 'stringData: { other: x, token: x }'),
  'spec.containers[0].env[0].valueFrom.secretKeyRef.name',
  {
    'it may be missing': fromSecret(', optional: true'),
    'an operator makes it': `${fromSecret()}${object('external-secrets.io/v1', 'ExternalSecret', 'any', 'spec: { target: { name: hub } }')}`,
    'a sealed one has its name': `${fromSecret()}${object('bitnami.com/v1alpha1', 'SealedSecret', 'hub')}`,
    'a template fills it in': pod('', "envFrom: [{ secretRef: { name: '${SECRET}' } }]"),
  },
);
export const MISSING_CONFIG_MAP: RuleCase = closed(
  missingConfigMap,
  pod('volumes: [{ name: conf, projected: { sources: [{ configMap: { name: conf } }] } }]'),
  object('v1', 'ConfigMap', 'conf', 'data: { a: b }'),
  'spec.volumes[0].projected.sources[0].configMap.name',
  { 'every namespace has it': pod('volumes: [{ name: ca, configMap: { name: kube-root-ca.crt } }]') },
);
export const MISSING_CLAIM: RuleCase = closed(
  missingClaim,
  mounting,
  claim('').replace('\n', '---\n'),
  'spec.volumes[0].persistentVolumeClaim.claimName',
  {
    'a StatefulSet makes it': `${mounting.replace('claimName: data', 'claimName: data-db-0')}${object(
      'apps/v1',
      'StatefulSet',
      'db',
      'spec: { replicas: 1, serviceName: "", volumeClaimTemplates: [{ metadata: { name: data } }] }',
    )}`,
  },
);
export const MISSING_SERVICE_ACCOUNT: RuleCase = closed(
  missingServiceAccount,
  pod('serviceAccountName: runner'),
  object('v1', 'ServiceAccount', 'runner'),
  'spec.serviceAccountName',
  { 'every namespace has it': pod('serviceAccountName: default') },
);
export const MISSING_STORAGE_CLASS: RuleCase = closed(
  missingStorageClass,
  claim(', storageClassName: fast'),
  object('storage.k8s.io/v1', 'StorageClass', 'fast', 'provisioner: example.com/fast', ''),
  'spec.storageClassName',
  { 'no class at all': claim(", storageClassName: ''") },
);
export const MISSING_RUNTIME_CLASS: RuleCase = closed(
  missingRuntimeClass,
  pod('runtimeClassName: nvidia'),
  object('node.k8s.io/v1', 'RuntimeClass', 'nvidia', 'handler: nvidia', ''),
  'spec.runtimeClassName',
);
export const MISSING_QUEUE: RuleCase = closed(
  missingQueue,
  pod('').replace('namespace: ml', 'namespace: ml, labels: { kueue.x-k8s.io/queue-name: research }'),
  object('kueue.x-k8s.io/v1beta2', 'LocalQueue', 'research'),
  "metadata.labels['kueue.x-k8s.io/queue-name']",
);
export const MISSING_RUNTIME: RuleCase = closed(
  missingRuntime,
  `
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: train, namespace: ml }
spec: { runtimeRef: { kind: TrainingRuntime, name: torch } }
`,
  object('trainer.kubeflow.org/v1alpha1', 'TrainingRuntime', 'torch', 'spec: { template: { spec: {} } }'),
  'spec.runtimeRef.name',
);
export const MISSING_WORKFLOW_TEMPLATE: RuleCase = closed(
  missingWorkflowTemplate,
  `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: train-, namespace: ml }
spec: { workflowTemplateRef: { name: train } }
`,
  object('argoproj.io/v1alpha1', 'WorkflowTemplate', 'train', 'spec: {}'),
  'spec.workflowTemplateRef.name',
);
export const MISSING_SERVICE: RuleCase = closed(
  missingService,
  `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: chat, namespace: ml }
spec: { defaultBackend: { service: { name: chat, port: { number: 80 } } } }
`,
  object('v1', 'Service', 'chat', 'spec: { ports: [{ port: 80 }] }'),
  'spec.defaultBackend.service.name',
);
export const MISSING_ROLE: RuleCase = closed(
  missingRole,
  `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: runner, namespace: ml }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: runner }
`,
  object('rbac.authorization.k8s.io/v1', 'Role', 'runner', 'rules: []'),
  'roleRef.name',
  {
    'every cluster has it': `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: runner }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: 'system:auth-delegator' }
`,
  },
);
export const MISSING_TRIGGER_AUTHENTICATION: RuleCase = closed(
  missingTriggerAuthentication,
  `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: chat, namespace: ml }
spec:
  scaleTargetRef: { apiVersion: example.com/v1, kind: Server, name: chat }
  triggers: [{ type: prometheus, metadata: {}, authenticationRef: { name: metrics } }]
`,
  object('keda.sh/v1alpha1', 'TriggerAuthentication', 'metrics', 'spec: {}'),
  'spec.triggers[0].authenticationRef.name',
);
export const MISSING_RESOURCE_CLAIM: RuleCase = closed(
  missingResourceClaim,
  pod('resourceClaims: [{ name: gpu, resourceClaimTemplateName: gpu }]'),
  object('resource.k8s.io/v1', 'ResourceClaimTemplate', 'gpu', 'spec: { spec: { devices: {} } }'),
  'spec.resourceClaims[0].resourceClaimTemplateName',
);
/** What is declared external need not be there. */
export const EXTERNAL_SECRET: RuleCase = {
  rule: missingSecret,
  options: {
    complete: true,
    isExternal: ({ kind, namespace, name }) => `${kind}/${namespace}/${name}` === 'Secret/ml/hub',
  },
  good: fromSecret(),
  flips: [
    {
      change: { 'metadata.namespace': 'other' },
      at: 'spec.containers[0].env[0].valueFrom.secretKeyRef.name',
      says: /names Secret hub, which is not there/,
      severity: Severity.ERROR,
    },
  ],
};
