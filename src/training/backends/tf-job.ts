import type { TfJobSpec } from '../../../imports/kubeflow.org';
import { TrainingBackend } from '../../cluster/settings';
import type { Problem } from '../../core/diagnostics';
import { TRAINING_JOB_NAME_LABEL, TRAINING_REPLICA_TYPE_LABEL } from '../../kinds/labels';
import { CHIEF_DECIDES } from '../diagnostics';
import type { Framework } from '../frameworks/framework';
import { TensorflowSuccess } from '../frameworks/tensorflow-options';
import type { BackendStrategy, Gang, Role } from './gang';
import { GangRole } from '../gang-role';
import { gangNetworkPolicy } from './companions';
import { gangAffinity } from './rendezvous';
import { TF_CONFIG, tfConfigProblems } from './tf-config';
import { boundedTemplate, operatorRunPolicy } from './training-operator';

const CONTAINER = 'tensorflow';
const PORT_NAME = 'tfjob-port';
const PORT = 2222;
const LONGEST_NAMESPACE = 'n'.repeat(63);

/** What the operator calls the pods of a role. */
const REPLICA_TYPES: { readonly [role in GangRole]?: string } = {
  [GangRole.NODE]: 'Worker',
  [GangRole.CHIEF]: 'Chief',
  [GangRole.PARAMETER_SERVER]: 'PS',
  [GangRole.EVALUATOR]: 'Evaluator',
};

/**
 * TFJob of the Kubeflow Training Operator v1.
 *
 * The operator writes TF_CONFIG when there is more than one pod. Containers restart one by one on their nodes; restarts of all
 * pods are counted together.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/tensorflow/
 */
export const tfJob: BackendStrategy = {
  kind: TrainingBackend.TF_JOB,

  podOptions: (plan, role) => ({
    containerName: CONTAINER,
    runLabel: TRAINING_JOB_NAME_LABEL,
    ports: [{ name: PORT_NAME, containerPort: PORT }],
    podAffinity: gangAffinity(plan, TRAINING_JOB_NAME_LABEL, {
      role,
      nodeLabels: { [TRAINING_REPLICA_TYPE_LABEL]: replicaType(GangRole.NODE).toLowerCase() },
    }),
    injectedEnv: [TF_CONFIG],
  }),

  supports: (gang) => [
    ...successProblems(gang.framework, gang.roles),
    ...tfConfigProblems(gang, `${gang.metadata.name}-evaluator-0.${LONGEST_NAMESPACE}.svc`),
  ],

  longestDerivedName: (objectName, { roles }) =>
    roles
      .map(({ role, replicas }) => `${objectName}-${replicaType(role).toLowerCase()}-${replicas - 1}`)
      .reduce((longest, name) => (name.length > longest.length ? name : longest)),

  workload: (gang) => ({
    apiVersion: 'kubeflow.org/v1',
    kind: 'TFJob',
    metadata: gang.metadata,
    spec: tfJobSpec(gang),
  }),

  companions: (gang) => [gangNetworkPolicy(gang)],
};

function tfJobSpec(gang: Gang): TfJobSpec {
  const { roles, run } = gang;
  const specs = roles.map(({ role, replicas, pod }) => [
    replicaType(role),
    { replicas, restartPolicy: 'OnFailure', template: boundedTemplate(pod, run) },
  ]);
  const pods = roles.reduce((sum, { replicas }) => sum + replicas, 0);
  return {
    successPolicy: gang.framework._success === TensorflowSuccess.ALL_WORKERS ? 'AllWorkers' : '',
    runPolicy: operatorRunPolicy(run, pods),
    tfReplicaSpecs: Object.fromEntries(specs) as TfJobSpec['tfReplicaSpecs'],
  };
}

function successProblems({ _success: success }: Framework, roles: readonly Role[]): Problem[] {
  const hasChief = roles.some(({ role }) => role === GangRole.CHIEF);
  if (!hasChief || success !== TensorflowSuccess.ALL_WORKERS) return [];
  return [
    {
      rule: CHIEF_DECIDES,
      property: 'framework.success',
      value: success,
      message: `success is ${success}, and the run has a chief, whose end alone the operator looks at.`,
      fix: 'Leave success out, and let the chief wait for the workers; or leave chief out.',
    },
  ];
}

function replicaType(role: GangRole): string {
  return REPLICA_TYPES[role]!;
}
