import type { CronJobSpec, JobSpec } from '../../../imports/k8s';
import type { Manifest } from '../../render/api-object';
import type { Clock } from './clock';

/** A CronJob, whose Jobs carry `jobLabels` and `jobAnnotations`. */
export function cronJob(
  clock: Clock,
  jobLabels: { readonly [label: string]: string },
  jobSpec: () => JobSpec,
  jobAnnotations?: { readonly [annotation: string]: string },
): Manifest {
  const { name, labels, concurrencyPolicy, startingDeadlineSeconds } = clock;
  const spec = (): CronJobSpec => ({
    schedule: clock.schedule,
    timeZone: clock.timeZone,
    concurrencyPolicy,
    startingDeadlineSeconds,
    suspend: clock.suspend || undefined,
    successfulJobsHistoryLimit: clock.successfulJobsHistoryLimit,
    failedJobsHistoryLimit: clock.failedJobsHistoryLimit,
    jobTemplate: { metadata: { labels: jobLabels, annotations: jobAnnotations }, spec: jobSpec() },
  });
  return { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name, labels }, spec };
}
