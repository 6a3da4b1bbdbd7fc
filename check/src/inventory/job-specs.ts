import type { Field } from './field';
import type { Resource } from './resource';

/** Places that hold a `JobSpec`, whatever object they are in. */
export function jobSpecsOf({ group, kind, top }: Resource): Field[] {
  const spec = top.at('spec');
  switch (`${group}/${kind}`) {
    case 'batch/Job':
      return [spec];
    case 'batch/CronJob':
      return [spec.at('jobTemplate', 'spec')];
    case 'keda.sh/ScaledJob':
      return [spec.at('jobTargetRef')];
    case 'jobset.x-k8s.io/JobSet':
      return spec.at('replicatedJobs').items.map((job) => job.at('template', 'spec'));
    default:
      return [];
  }
}
