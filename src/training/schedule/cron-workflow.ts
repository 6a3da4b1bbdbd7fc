import type {
  CronWorkflowSpec,
  CronWorkflowSpecWorkflowSpec,
  CronWorkflowSpecWorkflowSpecTemplates,
} from '../../../imports/argoproj.io';
import { COMPONENT_LABEL, NAME_LABEL } from '../../kinds/labels';
import type { Manifest } from '../../render/api-object';
import type { Literal } from '../../render/literal';
import { SecurityProfile } from '../../render/security-profile';
import type { Clock } from './clock';
import type { LaunchedRun, ObjectTemplate } from './launched-run';
import { accountOf, groupTemplateOf, RUN_REFERENCE, ruleOf, templateOf } from './launched-run';

const ARGO = 'argoproj.io/v1alpha1';
const COMPONENT = 'launcher';
const STEP = 'run';
const GROUP_STEP = 'group';
const STEPS = 'gang';
/** The user of Argo's own executor image. */
const EXECUTOR_UID = 8737;
const EXECUTOR = { cpu: '100m', memory: '128Mi' };
/** Nodes that the pod which waits for the run may lose. */
const LOST_PODS = 10;
/** Another pod finds the run that the lost one has made; not when the run has failed, or somebody has removed it. */
const WORTH_A_RETRY = 'not (lastRetry.message matches "evaluated true|has been deleted")';
/** Time for Argo's pod to start, and to see that the run has ended. */
const SLACK_SECONDS = 3600;

/**
 * A CronWorkflow of Argo, whose one step makes the run and waits for its end, after one that makes its group where it has one.
 *
 * @see https://argo-workflows.readthedocs.io/en/latest/cron-workflows/
 */
export function cronWorkflow(clock: Clock, run: LaunchedRun): Manifest {
  const { name, labels } = clock;
  const spec = (): Literal<CronWorkflowSpec> => ({
    schedules: [clock.schedule],
    timezone: clock.timeZone,
    concurrencyPolicy: clock.concurrencyPolicy,
    startingDeadlineSeconds: clock.startingDeadlineSeconds,
    suspend: clock.suspend || undefined,
    successfulJobsHistoryLimit: clock.successfulJobsHistoryLimit,
    failedJobsHistoryLimit: clock.failedJobsHistoryLimit,
    workflowMetadata: { labels },
    workflowSpec: workflowSpec(run),
  });
  return { apiVersion: ARGO, kind: 'CronWorkflow', metadata: { name, labels }, spec };
}

/** The field for the clean-up as the API server calls it; the import spells it in its own way. */
type WorkflowSpec = Omit<Literal<CronWorkflowSpecWorkflowSpec>, 'podGc'> & {
  readonly podGC: { readonly strategy: string };
};

function workflowSpec(run: LaunchedRun): WorkflowSpec {
  const security = SecurityProfile.restricted(EXECUTOR_UID);
  const executor = (name: string) => ({
    name,
    resources: { requests: EXECUTOR, limits: { memory: EXECUTOR.memory } },
    securityContext: security._container(),
  });
  return {
    entrypoint: run.group ? STEPS : STEP,
    serviceAccountName: run.name,
    automountServiceAccountToken: true,
    activeDeadlineSeconds: deadlineSeconds(run),
    podMetadata: { labels: executorLabels(run.name) },
    podGC: { strategy: 'OnPodSuccess' }, // its words matter only when it has failed
    securityContext: security._pod(false),
    podSpecPatch: JSON.stringify({ initContainers: [executor('init')], containers: [executor('main')] }),
    templates: run.group ? [stepsOf(GROUP_STEP, STEP), groupStep(run.group), runStep(run)] : [runStep(run)],
  };
}

type Template = Literal<CronWorkflowSpecWorkflowSpecTemplates>;

/** One step after the other. */
function stepsOf(...steps: string[]): Template {
  return { name: STEPS, steps: steps.map((step) => [{ name: step, template: step }]) };
}

/** Makes the run and waits for its end. */
function runStep(run: LaunchedRun): Template {
  const { success: successCondition, failure: failureCondition } = run.ends;
  return applyStep(STEP, templateOf(run), { successCondition, failureCondition });
}

/** Makes the group that the pods of the run wait for. */
function groupStep(group: Manifest): Template {
  return applyStep(GROUP_STEP, groupTemplateOf(group));
}

function applyStep(name: string, object: ObjectTemplate, conditions: Partial<Template['resource']> = {}): Template {
  return {
    name,
    retryStrategy: { limit: String(LOST_PODS), retryPolicy: 'Always', expression: WORTH_A_RETRY },
    resource: { action: 'apply', flags: ['--server-side'], manifest: manifestText(object), ...conditions },
  };
}

/** All starts of the run together; with a queue nobody knows when the first is. */
function deadlineSeconds({ bounds, queued }: LaunchedRun): number | undefined {
  return queued ? undefined : bounds.activeDeadlineSeconds * (bounds.retries + 1) + SLACK_SECONDS;
}

/** Of a server-side apply. */
const VERBS = ['create', 'get', 'patch'];
const WORKFLOW_NAME = '{{workflow.name}}';
const WORKFLOW_UID = '{{workflow.uid}}';

/** The run and its group are called as their workflow and go with it. */
function manifestText({ apiVersion, kind, metadata, spec }: ObjectTemplate): string {
  const owner = { apiVersion: ARGO, kind: 'Workflow', name: WORKFLOW_NAME, uid: WORKFLOW_UID, controller: true };
  const own = { name: WORKFLOW_NAME, ownerReferences: [owner] };
  const text = JSON.stringify({ apiVersion, kind, metadata: { ...own, ...metadata }, spec }, undefined, 2);
  // What looks like a variable of Argo is text of the user, but for the first three, which are those above.
  let variables = 0;
  const safe = text.replace(/\{{2,}/g, (braces) => (variables++ < 3 ? braces : '\\u007b'.repeat(braces.length)));
  return safe.replaceAll(JSON.stringify(RUN_REFERENCE), JSON.stringify(WORKFLOW_NAME));
}

/** What an account of the executor may do: make and read objects of this one kind and their groups, and tell Argo how a step has ended. */
export function cronWorkflowCompanions(run: LaunchedRun): Manifest[] {
  return accountOf(run, executorLabels(run.name), [
    ruleOf(run.template, VERBS),
    ...(run.group ? [ruleOf(run.group, VERBS)] : []),
    { apiGroups: ['argoproj.io'], resources: ['workflowtaskresults'], verbs: ['create', 'patch'] },
  ]);
}

function executorLabels(name: string): { [label: string]: string } {
  return { [NAME_LABEL]: name, [COMPONENT_LABEL]: COMPONENT };
}
