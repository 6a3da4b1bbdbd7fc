import { type ApiClient, ApiError, type ApiResult } from '../api/api-client';
import { type Manifest, title } from '../api/manifest';
import { ManifestsNotAccepted } from './accept-manifests';
import { podOf, podTemplates } from './pod-templates';

/** Digits that the CronJob controller appends to the name of a Job, at their longest. */
const TICK = '-0123456789';

/**
 * Proves that a real API server takes manifests, without storing anything: each is applied in a dry run with unknown fields
 * refused, each Job of a CronJob is created, and each pod template is created as a bare Pod. A warning is a failure.
 *
 * All requests are sent at once; the namespaces must exist. Faster than `acceptManifests`, which proves more.
 */
export async function tryManifests(api: ApiClient, objects: Manifest[]): Promise<void> {
  const problems: string[] = [];
  const attempt = async (what: string, request: Promise<ApiResult>): Promise<void> => {
    try {
      const { warnings } = await request;
      problems.push(...warnings.map((warning) => `${what}: warning: ${warning}`));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problems.push(`${what}: refused with ${error.status}: ${error.reason}`);
    }
  };
  const create = (object: Manifest) => api.create(object, { dryRun: true });
  await Promise.all(
    objects.flatMap((object) => [
      attempt(title(object), api.apply(object, { dryRun: true })),
      ...jobsOf(object).map((job) => attempt(`${title(object)}, a Job of it`, create(job))),
      ...podTemplates(object).map((template) => {
        const pod = podOf(object, template, object.metadata.namespace ?? api.namespace);
        return attempt(`${title(object)}, a pod of ${template.path}`, create(pod));
      }),
    ]),
  );
  if (problems.length > 0) throw new ManifestsNotAccepted(problems);
}

/** The Job that a CronJob makes. */
function jobsOf({ apiVersion, kind, metadata, spec }: Manifest): Manifest[] {
  if (kind !== 'CronJob' || apiVersion !== 'batch/v1') return [];
  const { jobTemplate } = spec as { jobTemplate: { metadata?: object; spec: object } };
  const { name, namespace } = metadata;
  return [
    {
      apiVersion,
      kind: 'Job',
      metadata: { ...jobTemplate.metadata, name: name + TICK, namespace },
      spec: jobTemplate.spec,
    },
  ];
}
