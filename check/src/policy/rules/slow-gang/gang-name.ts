import { dns1035LabelProblem, dnsLabelProblem, dnsSubdomainProblem } from 'cdk8s-ml/floor/core/names';
import type { Resource } from '../../../inventory/resource';
import type { Role } from '../../../inventory/workload';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Longest label of a host name. https://www.rfc-editor.org/rfc/rfc1035 */
const LONGEST = 63;
/** What the Job controller puts behind the name of a pod. */
const RANDOM = '-abcde';

export const gangName: Rule<Scope.WORKLOAD> = {
  name: 'gang-name',
  group: Group.SLOW_GANG,
  packs: [Group.PENDING],
  facts: ['ML-DIST-011'],
  scope: Scope.WORKLOAD,
  why: 'Pods of a gang are called by host names that are made of its name, a role and an index: one of more than 63 characters, or that starts with a digit where it becomes a Service, is refused or cannot be called. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  fix: 'Take a shorter name of lower-case letters, digits and hyphens that starts with a letter.',
  check: ({ resource, roles }) => {
    const field = resource.at('metadata', 'name');
    const { text } = field;
    const derived = DERIVED[`${resource.group}/${resource.kind}`];
    if (
      text === undefined ||
      text === '' ||
      derived === undefined ||
      (resource.kind === 'Job' && !isIndexed(resource))
    ) {
      return [];
    }
    if (dnsSubdomainProblem(text) !== undefined) return []; // no object may have it
    const own = resource.group === 'batch' ? dnsLabelProblem(text, 253) : dns1035LabelProblem(text, 253);
    if (own !== undefined) return [error(field, `has a name that ${own}.`)];
    const longest = roles.map((role) => derived(text, role, resource)).sort((a, b) => b.length - a.length)[0] ?? text;
    if (longest.length <= LONGEST) return [];
    return [
      error(field, `has pods named like ${longest}, which has ${longest.length} characters of at most ${LONGEST}.`),
    ];
  },
};

function isIndexed(resource: Resource): boolean {
  return resource.at('spec', 'completionMode').text === 'Indexed';
}

type Derived = (name: string, role: Role, resource: Resource) => string;

const lastOf = (count: number): number => Math.max(count - 1, 0);
const last = ({ count }: Role): number => lastOf(count);
const byRole = (name: string, role: Role): string => `${name}-${role.name.toLowerCase()}-${last(role)}`;

/** The longest host or pod name that each kind makes. */
const DERIVED: { readonly [kind: string]: Derived } = {
  'kubeflow.org/PyTorchJob': byRole,
  'kubeflow.org/TFJob': byRole,
  'kubeflow.org/XGBoostJob': byRole,
  'kubeflow.org/JAXJob': byRole,
  'kubeflow.org/PaddleJob': byRole,
  'kubeflow.org/MPIJob': byRole,
  'batch/Job': (name, role, job) => `${name}-${Math.max((job.at('spec', 'completions').integer ?? 0) - 1, last(role))}`,
  'jobset.x-k8s.io/JobSet': (name, { name: job, count, replicas }) => {
    const pods = Math.max(replicas?.integer ?? 1, 1); // of each of the Jobs
    return `${name}-${job}-${lastOf(count / pods)}-${lastOf(pods)}${RANDOM}`;
  },
  'trainer.kubeflow.org/TrainJob': (name, role) => `${name}-${role.name}-0-${last(role)}${RANDOM}`,
  'leaderworkerset.x-k8s.io/LeaderWorkerSet': (name, role) => `${name}-0-${last(role)}`,
};
