import { Inventory } from '../../src/inventory/inventory';
import { profileFacts } from '../../src/inventory/profile';
import type { Reference } from '../../src/inventory/references/reference';
import { references, targetOf, unresolved } from '../../src/inventory/references/references';
import { inventoryOf } from './inventory-of';

const object = (apiVersion: string, kind: string, name: string, spec = '{}', metadata = ', namespace: ml'): string =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${name}${metadata} }, spec: ${spec} }`;
const POD = `
apiVersion: v1
kind: Pod
metadata: { name: one, namespace: ml, labels: { kueue.x-k8s.io/queue-name: research } }
spec:
  serviceAccountName: runner
  priorityClassName: high
  podPriorityClassName: higher
  runtimeClassName: nvidia
  imagePullSecrets: [{ name: pull }]
  resourceClaims: [{ name: a, resourceClaimName: gpu }, { name: b, resourceClaimTemplateName: gpus }]
  volumes:
  - { name: a, persistentVolumeClaim: { claimName: data } }
  - { name: b, secret: { secretName: keys, optional: true } }
  - { name: c, configMap: { name: conf } }
  - { name: d, projected: { sources: [{ secret: { name: part, optional: true } }, { configMap: { name: ca } }] } }
  - { name: e, ephemeral: { volumeClaimTemplate: { spec: { storageClassName: fast } } } }
  initContainers:
  - { name: first, envFrom: [{ secretRef: { name: all, optional: true } }, { configMapRef: { name: settings } }] }
  containers:
  - name: main
    env:
    - { name: A, value: plain }
    - { name: B, valueFrom: { secretKeyRef: { name: hub, key: token } } }
    - { name: C, valueFrom: { configMapKeyRef: { name: conf, key: level, optional: true } } }
`;

const shown = ({ kind, field, targets, name, optional, key }: Reference): string =>
  `${kind} ${name} at ${field.place}: ${targets.join(', ')}${optional ? ', optional' : ''}${key ? `, key ${key.text}` : ''}`;

test('what a pod names', () => {
  const found = references(inventoryOf(POD));
  const clusterWide = found.filter(({ namespace }) => namespace === undefined).map(({ name }) => name);
  expect(clusterWide).toEqual(['fast', 'high', 'higher', 'nvidia']);
  expect(found.filter(({ namespace }) => namespace === 'ml')).toHaveLength(found.length - clusterWide.length);
  expect(found.map(shown)).toEqual([
    'claim data at spec.volumes[0].persistentVolumeClaim.claimName: /PersistentVolumeClaim',
    'secret keys at spec.volumes[1].secret.secretName: /Secret, optional',
    'config-map conf at spec.volumes[2].configMap.name: /ConfigMap',
    'secret part at spec.volumes[3].projected.sources[0].secret.name: /Secret, optional',
    'config-map ca at spec.volumes[3].projected.sources[1].configMap.name: /ConfigMap',
    'storage-class fast at spec.volumes[4].ephemeral.volumeClaimTemplate.spec.storageClassName: storage.k8s.io/StorageClass',
    'secret all at spec.initContainers[0].envFrom[0].secretRef.name: /Secret, optional',
    'config-map settings at spec.initContainers[0].envFrom[1].configMapRef.name: /ConfigMap',
    'secret hub at spec.containers[0].env[1].valueFrom.secretKeyRef.name: /Secret, key token',
    'config-map conf at spec.containers[0].env[2].valueFrom.configMapKeyRef.name: /ConfigMap, optional, key level',
    'secret pull at spec.imagePullSecrets[0].name: /Secret',
    'service-account runner at spec.serviceAccountName: /ServiceAccount',
    'priority-class high at spec.priorityClassName: scheduling.k8s.io/PriorityClass',
    'priority-class higher at spec.podPriorityClassName: scheduling.k8s.io/PriorityClass',
    'runtime-class nvidia at spec.runtimeClassName: node.k8s.io/RuntimeClass',
    'resource-claim gpu at spec.resourceClaims[0].resourceClaimName: resource.k8s.io/ResourceClaim',
    'resource-claim gpus at spec.resourceClaims[1].resourceClaimTemplateName: resource.k8s.io/ResourceClaimTemplate',
    "queue research at metadata.labels['kueue.x-k8s.io/queue-name']: kueue.x-k8s.io/LocalQueue",
  ]);
});

test.each<[string, string, string[]]>([
  [
    'a claim',
    object('v1', 'PersistentVolumeClaim', 'a', '{ storageClassName: fast }'),
    ['storage-class fast at spec.storageClassName: storage.k8s.io/StorageClass'],
  ],
  [
    'a queue',
    object('kueue.x-k8s.io/v1beta2', 'LocalQueue', 'a', '{ clusterQueue: all }'),
    ['cluster-queue all at spec.clusterQueue: kueue.x-k8s.io/ClusterQueue'],
  ],
  [
    'a ClusterQueue',
    object(
      'kueue.x-k8s.io/v1beta2',
      'ClusterQueue',
      'a',
      '{ resourceGroups: [{ flavors: [{ name: f }, { name: g }] }] }',
      '',
    ),
    [
      'resource-flavor f at spec.resourceGroups[0].flavors[0].name: kueue.x-k8s.io/ResourceFlavor',
      'resource-flavor g at spec.resourceGroups[0].flavors[1].name: kueue.x-k8s.io/ResourceFlavor',
    ],
  ],
  [
    'a StatefulSet, with the classes of its claims',
    object(
      'apps/v1',
      'StatefulSet',
      'a',
      '{ serviceName: s, selector: {}, volumeClaimTemplates: [{ spec: { storageClassName: c } }] }',
    ),
    [
      'service s at spec.serviceName: /Service',
      'storage-class c at spec.volumeClaimTemplates[0].spec.storageClassName: storage.k8s.io/StorageClass',
    ],
  ],
  [
    'an Ingress',
    object(
      'networking.k8s.io/v1',
      'Ingress',
      'a',
      '{ defaultBackend: { service: { name: s } }, rules: [{ http: { paths: [{ backend: { service: { name: t } } }, { backend: { resource: {} } }] } }] }',
    ),
    [
      'service s at spec.defaultBackend.service.name: /Service',
      'service t at spec.rules[0].http.paths[0].backend.service.name: /Service',
    ],
  ],
  [
    'a ScaledObject',
    object(
      'keda.sh/v1alpha1',
      'ScaledObject',
      'a',
      '{ triggers: [{ authenticationRef: { name: t } }, { authenticationRef: { kind: ClusterTriggerAuthentication, name: u } }] }',
    ),
    [
      'trigger-authentication t at spec.triggers[0].authenticationRef.name: keda.sh/TriggerAuthentication',
      'trigger-authentication u at spec.triggers[1].authenticationRef.name: keda.sh/ClusterTriggerAuthentication',
    ],
  ],
  [
    'a ScaledJob',
    object('keda.sh/v1alpha1', 'ScaledJob', 'a', '{ triggers: [{ authenticationRef: { name: t } }] }'),
    ['trigger-authentication t at spec.triggers[0].authenticationRef.name: keda.sh/TriggerAuthentication'],
  ],
  [
    'an InferenceService',
    object('serving.kserve.io/v1beta1', 'InferenceService', 'a', '{ predictor: { model: { runtime: r } } }'),
    [
      'runtime r at spec.predictor.model.runtime: serving.kserve.io/ServingRuntime, serving.kserve.io/ClusterServingRuntime',
    ],
  ],
  [
    'a TrainJob',
    object('trainer.kubeflow.org/v1alpha1', 'TrainJob', 'a', '{ runtimeRef: { name: r } }'),
    ['runtime r at spec.runtimeRef.name: trainer.kubeflow.org/ClusterTrainingRuntime'],
  ],
  [
    'a Workflow',
    object('argoproj.io/v1alpha1', 'Workflow', 'a', '{ workflowTemplateRef: { name: t } }'),
    ['workflow-template t at spec.workflowTemplateRef.name: argoproj.io/WorkflowTemplate'],
  ],
  [
    'a CronWorkflow',
    object(
      'argoproj.io/v1alpha1',
      'CronWorkflow',
      'a',
      '{ workflowSpec: { workflowTemplateRef: { name: t, clusterScope: true } } }',
    ),
    ['workflow-template t at spec.workflowSpec.workflowTemplateRef.name: argoproj.io/ClusterWorkflowTemplate'],
  ],
  [
    'a RoleBinding',
    '{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: { name: a }, roleRef: { name: r } }',
    ['role r at roleRef.name: rbac.authorization.k8s.io/Role'],
  ],
  [
    'a ClusterRoleBinding',
    '{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: { name: a }, roleRef: { kind: ClusterRole, name: r } }',
    ['role r at roleRef.name: rbac.authorization.k8s.io/ClusterRole'],
  ],
  ['an object of another group', object('example.com/v1', 'LocalQueue', 'a', '{ clusterQueue: all }'), []],
  [
    'what is filled in later, or empty',
    object('v1', 'PersistentVolumeClaim', 'a', '{ storageClassName: "{{class}}" }'),
    [],
  ],
  ['an empty name', object('v1', 'PersistentVolumeClaim', 'a', '{ storageClassName: "" }'), []],
])('what %s names', (_, manifest, expected) => {
  expect(references(inventoryOf(manifest)).map(shown)).toEqual(expected);
});

test('what pods have in common is named once, and what their runtime names is the runtime’s', () => {
  const workflow = object(
    'argoproj.io/v1alpha1',
    'Workflow',
    'a',
    '{ serviceAccountName: runner, templates: [{ name: a, container: { image: a } }, { name: b, container: { image: b } }] }',
  );
  expect(references(inventoryOf(workflow)).map(({ field }) => field.place)).toEqual(['spec.serviceAccountName']);

  const service = object(
    'serving.kserve.io/v1beta1',
    'InferenceService',
    'a',
    '{ predictor: { model: { runtime: r } } }',
  );
  const runtime = object('serving.kserve.io/v1alpha1', 'ServingRuntime', 'r', '{ imagePullSecrets: [{ name: pull }] }');
  expect(references(inventoryOf(service, runtime)).map(({ name, field }) => [name, field.resource.kind])).toEqual([
    ['r', 'InferenceService'],
    ['pull', 'ServingRuntime'],
  ]);
});

test('the target of a reference is in its namespace, unless it has none', () => {
  const service = object(
    'serving.kserve.io/v1beta1',
    'InferenceService',
    'a',
    '{ predictor: { model: { runtime: r } } }',
  );
  const target = (...others: string[]): string | undefined => {
    const inventory = inventoryOf(service, ...others);
    return targetOf(references(inventory)[0], inventory)?.kind;
  };
  const own = object('serving.kserve.io/v1alpha1', 'ServingRuntime', 'r');
  const cluster = object('serving.kserve.io/v1alpha1', 'ClusterServingRuntime', 'r', '{}', '');
  expect(target(cluster)).toBe('ClusterServingRuntime');
  expect(target(cluster, own)).toBe('ServingRuntime');
  expect(target(own.replace('namespace: ml', 'namespace: test'))).toBeUndefined();
});

/** Names of a kind that lead nowhere. */
function missing(kind: Reference['kind'], ...manifests: string[]): string[] {
  return unresolved(kind, inventoryOf(...manifests)).map(({ name }) => name);
}
const uses = (spec: string): string => object('v1', 'Pod', 'one', `{ containers: [{ name: a }], ${spec} }`);
const secrets = (...names: string[]): string =>
  uses(`volumes: [${names.map((name) => `{ name: ${name}, secret: { secretName: ${name} } }`).join(', ')}]`);

test.each<[string, string]>([
  ['a Certificate', object('cert-manager.io/v1', 'Certificate', 'x', '{ secretName: made }')],
  ['an ExternalSecret', object('external-secrets.io/v1', 'ExternalSecret', 'x', '{ target: { name: made } }')],
  ['an ExternalSecret of the same name', object('external-secrets.io/v1', 'ExternalSecret', 'made')],
  [
    'a ClusterExternalSecret',
    object('external-secrets.io/v1', 'ClusterExternalSecret', 'x', '{ externalSecretName: made }', ''),
  ],
  [
    'the template of a ClusterExternalSecret',
    object(
      'external-secrets.io/v1',
      'ClusterExternalSecret',
      'x',
      '{ externalSecretSpec: { target: { name: made } } }',
      '',
    ),
  ],
  ['a SealedSecret', object('bitnami.com/v1alpha1', 'SealedSecret', 'x', '{ template: { metadata: { name: made } } }')],
  [
    'a static secret of Vault',
    object('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', 'x', '{ destination: { name: made } }'),
  ],
  [
    'a dynamic secret of Vault',
    object('secrets.hashicorp.com/v1beta1', 'VaultDynamicSecret', 'x', '{ destination: { name: made } }'),
  ],
  [
    'a class of secrets',
    object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', 'x', '{ secretObjects: [{ secretName: made }] }'),
  ],
  ['an item of 1Password', object('onepassword.com/v1', 'OnePasswordItem', 'made')],
])('%s makes a Secret', (_, maker) => {
  expect(missing('secret', secrets('made', 'other'), maker)).toEqual(['other']);
});

test('an object that makes a Secret of another name makes none of its own', () => {
  expect(
    missing('secret', secrets('made'), object('cert-manager.io/v1', 'Certificate', 'made', '{ secretName: x }')),
  ).toEqual(['made']);
  expect(
    missing('secret', secrets('made'), object('example.com/v1', 'Certificate', 'x', '{ secretName: made }')),
  ).toEqual(['made']);
});

const claims = (...names: string[]): string =>
  uses(`volumes: [${names.map((name) => `{ name: v, persistentVolumeClaim: { claimName: ${name} } }`).join(', ')}]`);
const set = (spec: string): string =>
  object(
    'apps/v1',
    'StatefulSet',
    'db',
    `{ selector: {}, volumeClaimTemplates: [{ metadata: { name: data } }], ${spec} }`,
  );

test.each<[string, string, string[]]>([
  ['of one replica', set('template: {}'), ['data-db-1', 'data-db-2']],
  ['of two replicas', set('replicas: 2'), ['data-db-2']],
  ['without replicas', set('replicas: 0'), ['data-db-0', 'data-db-1', 'data-db-2']],
  ['of a number that is none', set('replicas: -1'), ['data-db-0', 'data-db-1', 'data-db-2']],
])('a StatefulSet %s makes a claim for each', (_, manifest, expected) => {
  expect(missing('claim', claims('data-db-0', 'data-db-1', 'data-db-2'), manifest)).toEqual(expected);
});

test('other objects make claims and ConfigMaps', () => {
  const volume = object('cdi.kubevirt.io/v1beta1', 'DataVolume', 'a');
  const dataset = object('data.fluid.io/v1alpha1', 'Dataset', 'b');
  expect(missing('claim', claims('a', 'b', 'c'), volume, dataset)).toEqual(['c']);
  const maps = uses('volumes: [{ name: v, configMap: { name: ca } }, { name: w, configMap: { name: other } }]');
  expect(missing('config-map', maps, object('trust.cert-manager.io/v1alpha1', 'Bundle', 'ca'))).toEqual(['other']);
  expect(missing('claim', claims('ca'), object('trust.cert-manager.io/v1alpha1', 'Bundle', 'ca'))).toEqual(['ca']);
});

test.each<[Reference['kind'], string, string[]]>([
  ['service-account', uses('serviceAccountName: default'), []],
  ['service-account', uses('serviceAccountName: other'), ['other']],
  ['priority-class', uses('priorityClassName: system-node-critical'), []],
  ['priority-class', uses('priorityClassName: default'), ['default']],
  ['config-map', uses('volumes: [{ name: v, configMap: { name: kube-root-ca.crt } }]'), []],
  [
    'role',
    '{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: { name: a }, roleRef: { kind: ClusterRole, name: view } }',
    [],
  ],
  [
    'role',
    '{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: { name: a }, roleRef: { kind: ClusterRole, name: "system:x" } }',
    [],
  ],
  ['service-account', uses('serviceAccountName: "system:x"'), ['system:x']],
])('every cluster has some of %s: %s', (kind, manifest, expected) => {
  expect(missing(kind, manifest)).toEqual(expected);
});

test('a profile says what the cluster has', () => {
  const profile = profileFacts(
    JSON.stringify({
      apiVersion: 'cdk8s-ml.dev/v1',
      kind: 'ClusterProfile',
      name: 'lab',
      provider: 'on-premises',
      components: ['kueue'],
      storageClasses: [{ name: 'fast', accessModes: ['ReadWriteOnce'] }],
      priorityClasses: [{ name: 'high', value: 10 }],
      queues: [{ name: 'research' }],
    }),
  );
  const labels = ', namespace: ml, labels: { kueue.x-k8s.io/queue-name: NAME }';
  const pod = (name: string): string =>
    object(
      'v1',
      'Pod',
      'one',
      `{ containers: [], priorityClassName: ${name}, volumes: [{ name: v, ephemeral: { volumeClaimTemplate: { spec: { storageClassName: ${name} } } } }] }`,
      labels.replace('NAME', name),
    );
  const nowhere = (name: string): string[] => {
    const inventory = new Inventory(inventoryOf(pod(name)).documents, { profile });
    return (['priority-class', 'storage-class', 'queue'] as const).flatMap((kind) =>
      unresolved(kind, inventory).map(() => kind),
    );
  };
  expect(nowhere('high')).toEqual(['storage-class', 'queue']);
  expect(nowhere('fast')).toEqual(['priority-class', 'queue']);
  expect(nowhere('research')).toEqual(['priority-class', 'storage-class']);
});

test('what is elsewhere on purpose, or need not be there, is not missed', () => {
  expect(missing('secret', uses('volumes: [{ name: v, secret: { secretName: a, optional: true } }]'))).toEqual([]);
  const { documents } = inventoryOf(secrets('a', 'b'));
  const isExternal = ({ kind, namespace, name }: { kind: string; namespace?: string; name: string }) =>
    kind === 'Secret' && namespace === 'ml' && name === 'a';
  expect(unresolved('secret', new Inventory(documents, { isExternal })).map(({ name }) => name)).toEqual(['b']);
});
