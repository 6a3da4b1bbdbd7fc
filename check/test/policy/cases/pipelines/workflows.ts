import { Severity } from '../../../../src/policy/finding';
import { defaultServiceAccount } from '../../../../src/policy/rules/pipelines/default-service-account';
import { endlessStepRetries } from '../../../../src/policy/rules/pipelines/endless-step-retries';
import { gpuStepDeadline } from '../../../../src/policy/rules/pipelines/gpu-step-deadline';
import { orphanedRun } from '../../../../src/policy/rules/pipelines/orphaned-run';
import { resourceStepDeadline } from '../../../../src/policy/rules/pipelines/resource-step-deadline';
import { retrainBesideItself } from '../../../../src/policy/rules/pipelines/retrain-beside-itself';
import { runNotWaitedFor } from '../../../../src/policy/rules/pipelines/run-not-waited-for';
import { serviceAccountRights } from '../../../../src/policy/rules/pipelines/service-account-rights';
import { successWithoutFailure } from '../../../../src/policy/rules/pipelines/success-without-failure';
import { unreadableCondition } from '../../../../src/policy/rules/pipelines/unreadable-condition';
import { workflowTimeZone } from '../../../../src/policy/rules/pipelines/workflow-time-zone';
import type { RuleCase } from '../../rule-case';

const TEMPLATE = `
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: { name: train, namespace: ml }
spec:
  entrypoint: train
  templates:
  - name: train
    activeDeadlineSeconds: 3600
    retryStrategy: { limit: "3" }
    container:
      image: registry.example.com/trainer:v1
      resources: { limits: { nvidia.com/gpu: 1 } }
`;
const STEP = 'spec.templates[0]';

export const GPU_STEP_DEADLINE: RuleCase = {
  rule: gpuStepDeadline,
  good: TEMPLATE,
  flips: [
    {
      change: { [`${STEP}.activeDeadlineSeconds`]: undefined },
      at: `${STEP}.activeDeadlineSeconds`,
      says: /has the step train with GPUs and no deadline/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'the whole workflow has one': TEMPLATE.replace('    activeDeadlineSeconds: 3600\n', '').replace(
      'entrypoint',
      'activeDeadlineSeconds: 3600\n  entrypoint',
    ),
    'every step has one': TEMPLATE.replace('    activeDeadlineSeconds: 3600\n', '').replace(
      'entrypoint',
      'templateDefaults: { activeDeadlineSeconds: 3600 }\n  entrypoint',
    ),
    'a timeout': TEMPLATE.replace('activeDeadlineSeconds: 3600', 'timeout: 1h'),
    'without GPUs': TEMPLATE.replace('    activeDeadlineSeconds: 3600\n', '').replace(/ {6}resources.*\n/, ''),
  },
};

export const ENDLESS_STEP_RETRIES: RuleCase = {
  rule: endlessStepRetries,
  good: TEMPLATE,
  flips: [
    {
      change: { [`${STEP}.retryStrategy`]: { retryPolicy: 'Always' } },
      at: `${STEP}.retryStrategy.limit`,
      says: /tries the step train with GPUs again without end/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${STEP}.retryStrategy.limit`]: 30 },
      at: `${STEP}.retryStrategy.limit`,
      says: /tries the step train with GPUs again 30 times/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'never tried again': TEMPLATE.replace('    retryStrategy: { limit: "3" }\n', ''),
    'an expression that counts': TEMPLATE.replace('limit: "3"', 'expression: "asInt(lastRetry.retries) < 3"'),
    'a limit of time': TEMPLATE.replace('limit: "3"', 'backoff: { duration: 1m, maxDuration: 1h }'),
    'a limit that is filled in': TEMPLATE.replace('limit: "3"', 'limit: "{{workflow.parameters.retries}}"'),
    'without GPUs': TEMPLATE.replace('limit: "3"', '').replace(/ {6}resources.*\n/, ''),
  },
};

const RESOURCE = `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: train-, namespace: ml }
spec:
  entrypoint: train
  serviceAccountName: trainer
  templates:
  - name: train
    activeDeadlineSeconds: 7200
    resource:
      action: create
      setOwnerReference: true
      successCondition: status.succeeded > 0
      failureCondition: status.failed > 3
      manifest: |
        apiVersion: batch/v1
        kind: Job
        metadata: { generateName: train-, namespace: ml }
        spec:
          activeDeadlineSeconds: 3600
          backoffLimit: 3
          template:
            spec:
              restartPolicy: Never
              containers:
              - name: main
                image: registry.example.com/trainer:v1
                resources: { limits: { nvidia.com/gpu: 1 } }
`;
const CONFIG_MAP = RESOURCE.replace(/kind: Job\n[^]*/, 'kind: ConfigMap\n        metadata: { name: a }\n');

export const SUCCESS_WITHOUT_FAILURE: RuleCase = {
  rule: successWithoutFailure,
  good: RESOURCE,
  flips: [
    {
      change: { [`${STEP}.resource.failureCondition`]: undefined },
      at: `${STEP}.resource.failureCondition`,
      says: /waits in train for the success of a Job, and not for its failure/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'no condition, which ends at once': RESOURCE.replace(/ {6}(success|failure)Condition.*\n/g, ''),
    'an object that does not run': CONFIG_MAP.replace(/ {6}failureCondition.*\n/, ''),
    'several objects, of which one is waited for': `${RESOURCE.replace(/ {6}failureCondition.*\n/, '')}        ---
        apiVersion: batch/v1
        kind: Job
        metadata: { name: other }
        spec: { template: { spec: { containers: [] } } }
`,
  },
};

const CONDITIONS = / {6}(success|failure)Condition.*\n/g;
const FOLLOWED = RESOURCE.replace('entrypoint: train', 'entrypoint: main').replace(
  '  templates:\n',
  `  templates:
  - name: main
    dag:
      tasks:
      - { name: tune, template: train }
      - { name: evaluate, template: evaluate, depends: tune.Succeeded }
  - name: evaluate
    container: { image: 'registry.example.com/evaluate:v1', command: [python, evaluate.py] }
`,
);
const TRAIN = 'spec.templates[2]';
const IN_GROUPS = FOLLOWED.replace(
  /dag:\n.*\n(.*)\n.*\n/,
  'steps:\n    - - { name: tune, template: train }\n    - - { name: evaluate, template: evaluate }\n',
);

export const RUN_NOT_WAITED_FOR: readonly RuleCase[] = [FOLLOWED, IN_GROUPS].map((good) => ({
  rule: runNotWaitedFor,
  good,
  flips: [
    {
      change: {
        [`${TRAIN}.resource.successCondition`]: undefined,
        [`${TRAIN}.resource.failureCondition`]: undefined,
      },
      at: `${TRAIN}.resource.successCondition`,
      says: /goes on after train as soon as the Job is there/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'nothing comes after it': good
      .replace(CONDITIONS, '')
      .replace(', depends: tune.Succeeded', '')
      .replace(/ {4}- - \{ name: evaluate.*\n/, ''),
    'what comes next waits': good.replace(CONDITIONS, '').replace('[python, evaluate.py]', '[kubectl, wait, job/a]'),
    'its failure is waited for': good.replace(/ {6}successCondition.*\n/, ''),
    'an object that does not run': good
      .replace(CONDITIONS, '')
      .replace(/kind: Job\n[^]*/, 'kind: ConfigMap\n        metadata: { name: a }\n'),
    'another step of them all': good.replace(CONDITIONS, '').replaceAll('template: train', 'template: evaluate'),
  },
}));

export const RESOURCE_STEP_DEADLINE: RuleCase = {
  rule: resourceStepDeadline,
  good: RESOURCE,
  flips: [
    {
      change: { [`${STEP}.activeDeadlineSeconds`]: undefined },
      at: `${STEP}.activeDeadlineSeconds`,
      says: /waits in train for the end of a Job without a deadline/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'the workflow has one': RESOURCE.replace('    activeDeadlineSeconds: 7200\n', '').replace(
      'entrypoint',
      'activeDeadlineSeconds: 7200\n  entrypoint',
    ),
    'a missing condition is another finding': RESOURCE.replace('    activeDeadlineSeconds: 7200\n', '').replace(
      / {6}failureCondition.*\n/,
      '',
    ),
    'an object that does not run': CONFIG_MAP.replace('    activeDeadlineSeconds: 7200\n', ''),
  },
};

export const RESOURCE_STEP_DEADLINE_WITHOUT_GPUS: RuleCase = {
  rule: resourceStepDeadline,
  good: RESOURCE.replace(/ *resources: .*\n/, ''),
  flips: [
    {
      change: { [`${STEP}.activeDeadlineSeconds`]: undefined },
      at: `${STEP}.activeDeadlineSeconds`,
      says: /waits in train for the end of a Job without a deadline/,
      severity: Severity.INFO,
    },
  ],
};

export const UNREADABLE_CONDITION: RuleCase = {
  rule: unreadableCondition,
  good: RESOURCE,
  flips: [
    {
      change: { [`${STEP}.resource.successCondition`]: 'status.conditions.#(type=="Succeeded").status == True' },
      at: `${STEP}.resource.successCondition`,
      says: /has a successCondition that is no selector/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${STEP}.resource.failureCondition`]: 'status.failed >= 3' },
      at: `${STEP}.resource.failureCondition`,
      says: /has a failureCondition that is no selector/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'one of several values': RESOURCE.replace('status.succeeded > 0', 'status.phase in (Done, Complete)') },
};

export const ORPHANED_RUN: RuleCase = {
  rule: orphanedRun,
  good: RESOURCE,
  flips: [
    {
      change: { [`${STEP}.resource.setOwnerReference`]: undefined },
      at: `${STEP}.resource.setOwnerReference`,
      says: /makes a Job with GPUs in train that outlives the workflow/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'without GPUs': RESOURCE.replace('      setOwnerReference: true\n', '').replace(/ +resources:.*\n/, ''),
    'an object that is kept up to date': RESOURCE.replace('      setOwnerReference: true\n', '').replace(
      ': create',
      ': apply',
    ),
  },
};

export const DEFAULT_SERVICE_ACCOUNT: RuleCase = {
  rule: defaultServiceAccount,
  good: RESOURCE,
  flips: [
    {
      change: { 'spec.serviceAccountName': undefined },
      at: 'spec.serviceAccountName',
      says: /runs as the default service account/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.serviceAccountName': 'default' },
      at: 'spec.serviceAccountName',
      says: /runs as the default service account/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'whoever submits the template names it': TEMPLATE,
    'every step names its own': RESOURCE.replace('  serviceAccountName: trainer\n', '').replace(
      'resource:',
      'serviceAccountName: trainer\n    resource:',
    ),
  },
};

const WITH_ROLE = `${RESOURCE}---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reporter, namespace: ml }
rules: [{ apiGroups: [argoproj.io], resources: [workflowtaskresults], verbs: [create, patch] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reporter, namespace: ml }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reporter }
subjects: [{ kind: ServiceAccount, name: trainer, namespace: ml }]
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: trainer, namespace: ml }
`;

export const SERVICE_ACCOUNT_RIGHTS: RuleCase = {
  rule: serviceAccountRights,
  good: WITH_ROLE,
  flips: [
    {
      change: { 'rules[0].verbs': ['create'] },
      object: 1,
      at: 'spec.serviceAccountName',
      says: /runs as trainer, which may not create and patch workflowtaskresults/,
      severity: Severity.ERROR,
    },
    {
      change: { 'rules[0].resources': ['workflows'] },
      object: 1,
      at: 'spec.serviceAccountName',
      says: /may not create and patch/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'every right': WITH_ROLE.replace('[argoproj.io]', '["*"]')
      .replace('[workflowtaskresults]', '["*"]')
      .replace('[create, patch]', '["*"]'),
    'a role that is not here': WITH_ROLE.replace('kind: Role, name: reporter', 'kind: ClusterRole, name: argo'),
    'an account that is bound elsewhere': WITH_ROLE.replace(
      'name: trainer, namespace: ml }]',
      'name: web, namespace: ml }]',
    ),
    'another account reports': WITH_ROLE.replace('[create, patch]', '[get]').replace(
      'entrypoint',
      'executor: { serviceAccountName: argo }\n  entrypoint',
    ),
  },
};

const CRON = `
apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: { name: retrain, namespace: ml }
spec:
  schedules: ["0 2 * * 0"]
  timezone: Europe/Zurich
  concurrencyPolicy: Forbid
  workflowSpec:
    entrypoint: prepare
    serviceAccountName: trainer
    templates:
    - name: prepare
      container: { image: 'registry.example.com/tool:v1' }
`;

export const RETRAIN_BESIDE_ITSELF: RuleCase = {
  rule: retrainBesideItself,
  good: CRON,
  flips: [
    {
      change: { 'spec.concurrencyPolicy': undefined },
      at: 'spec.workflowSpec.synchronization',
      says: /may retrain several times at once/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.concurrencyPolicy': 'Allow' },
      at: 'spec.workflowSpec.synchronization',
      says: /may retrain several times at once/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a mutex': CRON.replace('Forbid', 'Allow').replace(
      'entrypoint',
      'synchronization: { mutexes: [{ name: retrain }] }\n    entrypoint',
    ),
    'no retraining': CRON.replace('Forbid', 'Allow').replace('name: retrain', 'name: report'),
    'GPUs of its own are another finding': CRON.replace('Forbid', 'Allow').replace(
      "tool:v1' }",
      "tool:v1', resources: { limits: { nvidia.com/gpu: 1 } } }",
    ),
  },
};

export const WORKFLOW_TIME_ZONE: RuleCase = {
  rule: workflowTimeZone,
  good: CRON,
  flips: [
    {
      change: { 'spec.timezone': undefined },
      at: 'spec.timezone',
      says: /is scheduled and has no timezone/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'every so many hours': CRON.replace('  timezone: Europe/Zurich\n', '').replace('0 2 * * 0', '@every 6h'),
  },
};
