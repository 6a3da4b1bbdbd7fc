import type { ApiClient } from '../api/api-client';
import type { Manifest } from '../api/manifest';
import { RESTRICTED } from './namespaces';
import { Trial } from './trial';

/** Where and how strictly manifests are tried. */
export interface AcceptOptions {
  /**
   * Namespace of namespaced objects that name none.
   *
   * @default default
   */
  readonly namespace?: string;
  /**
   * Labels of the namespaces that the manifests use and do not bring.
   *
   * @default RESTRICTED - Pod Security enforces and warns at `restricted`
   */
  readonly namespaceLabels?: { [label: string]: string };
  /**
   * Leaves the objects in the cluster; `removeManifests` takes them out.
   *
   * @default false - they are removed, also after a failure
   */
  readonly keep?: boolean;
}

/** What the API server refused or warned of, all of it. */
export class ManifestsNotAccepted extends Error {
  constructor(
    /** One sentence for each refusal, warning or unexpected change: object, and the server's own words. */
    public readonly problems: string[],
  ) {
    super(
      `the API server did not accept ${problems.length} thing(s):\n${problems.map((each) => `- ${each}`).join('\n')}`,
    );
    this.name = 'ManifestsNotAccepted';
  }
}

/**
 * Proves that a real API server takes a set of manifests, as GitOps would deliver them.
 *
 * Namespaces are made first, then cluster-scoped objects, quotas and limits, then the rest, each by server-side apply
 * with unknown fields refused. Everything is applied a second time, which must change nothing. Each pod template in
 * each object is tried as a bare Pod (dry run) in the object's namespace: Pod Security, quotas and limit ranges refuse
 * pods only, never the Job that will not get any. A warning is a failure. Everything wrong is reported together, in
 * a `ManifestsNotAccepted`; the objects as the server holds them are returned.
 *
 * ```ts
 * const api = connect();
 * const objects = readManifests(app.synthYaml());
 * await installCrdsFor(api, objects);
 * await acceptManifests(api, objects, { namespace: 'ml-training' });
 * ```
 *
 * Priority classes, runtime classes and the like that the cluster is expected to have are applied beforehand.
 */
export async function acceptManifests(
  api: ApiClient,
  objects: Manifest[],
  options: AcceptOptions = {},
): Promise<Manifest[]> {
  const trial = await Trial.of(api, objects, options.namespace ?? 'default');
  try {
    await trial.deliver(options.namespaceLabels ?? RESTRICTED);
    await trial.deliverAgain();
    await trial.tryPods();
  } finally {
    if (!options.keep) await trial.remove();
  }
  if (trial.problems.length > 0) throw new ManifestsNotAccepted(trial.problems);
  return [...trial.accepted.values()];
}
