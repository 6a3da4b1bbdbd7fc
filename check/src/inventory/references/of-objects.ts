import type { Field } from '../field';
import type { Resource } from '../resource';
import type { Named } from './of-pods';

type Reader = (spec: Field, object: Resource) => Named[];

const KUEUE = 'kueue.x-k8s.io';

/** What objects name outside of pods, by kind. */
const READERS: { readonly [kind: string]: Reader } = {
  '/PersistentVolumeClaim': (spec) => [{ kind: 'storage-class', field: spec.at('storageClassName') }],
  [`${KUEUE}/LocalQueue`]: (spec) => [{ kind: 'cluster-queue', field: spec.at('clusterQueue') }],
  [`${KUEUE}/ClusterQueue`]: (spec) =>
    spec
      .at('resourceGroups')
      .items.flatMap((group) =>
        group.at('flavors').items.map((flavor): Named => ({ kind: 'resource-flavor', field: flavor.at('name') })),
      ),
  'apps/StatefulSet': (spec) => [{ kind: 'service', field: spec.at('serviceName') }],
  'networking.k8s.io/Ingress': ingress,
  'keda.sh/ScaledObject': triggers,
  'keda.sh/ScaledJob': triggers,
  'serving.kserve.io/InferenceService': (spec) => [
    { kind: 'runtime', field: spec.at('predictor', 'model', 'runtime') },
  ],
  'trainer.kubeflow.org/TrainJob': (spec) => {
    const ref = spec.at('runtimeRef');
    const target = `trainer.kubeflow.org/${ref.at('kind').text ?? 'ClusterTrainingRuntime'}`;
    return [{ kind: 'runtime', field: ref.at('name'), targets: [target] }];
  },
  'argoproj.io/Workflow': (spec) => [workflowTemplate(spec)],
  'argoproj.io/CronWorkflow': (spec) => [workflowTemplate(spec.at('workflowSpec'))],
  'rbac.authorization.k8s.io/RoleBinding': (_, { top }) => roleOf(top),
  'rbac.authorization.k8s.io/ClusterRoleBinding': (_, { top }) => roleOf(top),
};

/** What an object names outside of its pods. */
export function namedByObject(object: Resource): Named[] {
  const read = READERS[`${object.group}/${object.kind}`] as Reader | undefined;
  return read?.(object.at('spec'), object) ?? [];
}

function ingress(spec: Field): Named[] {
  const paths = spec.at('rules').items.flatMap((rule) => rule.at('http', 'paths').items);
  return [
    ...[spec.at('defaultBackend'), ...paths.map((path) => path.at('backend'))].map((backend): Named => ({
      kind: 'service',
      field: backend.at('service', 'name'),
    })),
  ];
}

function triggers(spec: Field): Named[] {
  return spec.at('triggers').items.map((trigger): Named => {
    const ref = trigger.at('authenticationRef');
    const targets = [`keda.sh/${ref.at('kind').text ?? 'TriggerAuthentication'}`];
    return { kind: 'trigger-authentication', field: ref.at('name'), targets };
  });
}

function workflowTemplate(spec: Field): Named {
  const ref = spec.at('workflowTemplateRef');
  const kind = ref.at('clusterScope').boolean ? 'ClusterWorkflowTemplate' : 'WorkflowTemplate';
  return { kind: 'workflow-template', field: ref.at('name'), targets: [`argoproj.io/${kind}`] };
}

function roleOf(top: Field): Named[] {
  const targets = [`rbac.authorization.k8s.io/${top.at('roleRef', 'kind').text ?? 'Role'}`];
  return [{ kind: 'role', field: top.at('roleRef', 'name'), targets }];
}
