import type { Field } from '../../../inventory/field';
import { jobSpecsOf } from '../../../inventory/job-specs';
import type { Resource } from '../../../inventory/resource';
import type { Remark } from '../../finding';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Tries after which a fault is one of the run and not of a node. https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy */
const MOST_RETRIES = 10;
/** Restarts of a gang, which spot nodes use up faster. */
const MOST_RESTARTS = 20;

export const manyRetries: Rule<Scope.RUN> = {
  name: 'many-retries',
  group: Group.RUNAWAY,
  facts: ['ML-COST-010'],
  scope: Scope.RUN,
  why: 'A run that fails by its own fault fails again: each try takes the GPUs, loads the data and is paid. https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy',
  fix: 'Lower the retries to what a fault of a node may need, such as 3.',
  check: ({ resource, bounds: { retries }, deviceCount, isGang, podCount }) => {
    if (deviceCount === 0) return [];
    const elastic = above(resource.at('spec', 'elasticPolicy', 'maxRestarts'), MOST_RESTARTS, 'restarts');
    if (elastic.length > 0 || retries === undefined) return elastic;
    const isRestarts = retries.field.path.at(-1) === 'maxRestarts';
    // A limit that counts pods counts all those of a gang that fail together; that of an MPIJob counts its launcher.
    const perTry = isGang && resource.kind !== 'MPIJob' ? podCount : 1;
    const most = isRestarts ? MOST_RESTARTS : MOST_RETRIES * perTry;
    const own = above(retries.field, most, isRestarts ? 'restarts' : 'retries');
    return own.length > 0 || resource.kind !== 'JobSet' ? own : retriesOfJobs(resource);
  },
};

/** The Jobs of a JobSet try their own pods again before it starts all of them. */
function retriesOfJobs(jobSet: Resource): Remark[] {
  return jobSpecsOf(jobSet)
    .flatMap((job) => above(job.at('backoffLimit'), MOST_RETRIES * (job.at('parallelism').integer ?? 1), 'retries'))
    .slice(0, 1);
}

function above(field: Field, most: number, what: string): Remark[] {
  const { integer } = field;
  return integer !== undefined && integer > most ? [warning(field, `holds GPUs and has ${integer} ${what}.`)] : [];
}
