import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import type { ApiClient } from './api-client';
import { ROOT } from '../process/paths';
import { waitFor } from '../process/wait';
import type { Manifest } from './manifest';

/** Folder of the upstream CustomResourceDefinitions: `CRD_DIR`, by default `../shared/crds` beside the repository. */
export function crdFolder(): string {
  const folder = resolve(process.env.CRD_DIR || join(ROOT, '..', 'shared', 'crds'));
  if (!existsSync(folder)) throw new Error(`there are no upstream CRDs in ${folder}: set CRD_DIR to their folder`);
  return folder;
}

/**
 * Installs upstream CRD files, given relative to `CRD_DIR`, and waits until the server serves their kinds.
 *
 * ```ts
 * await installCrds(api, ['kubeflow.org/kubeflow.org_pytorchjobs.yaml']);
 * ```
 */
export async function installCrds(api: ApiClient, files: string[]): Promise<void> {
  const folder = crdFolder();
  const crds = files.flatMap((file) => loadAll(readFileSync(join(folder, file), 'utf8')) as Manifest[]);
  for (const crd of crds) await api.apply(crd, { force: true });
  for (const crd of crds) await established(api, crd);
}

/**
 * Installs the upstream CRDs of the kinds that these objects have and the server has not.
 *
 * A group without a folder in `CRD_DIR` is left alone: the server refuses its objects by name.
 */
export async function installCrdsFor(api: ApiClient, objects: Manifest[]): Promise<void> {
  for (const { apiVersion, kind } of objects) {
    if (await api.discovery.find(apiVersion, kind)) continue;
    const file = crdFileOf(apiVersion, kind);
    if (file !== undefined) await installCrds(api, [file]);
  }
}

/** Waits until a CRD that was applied is served. */
export async function established(api: ApiClient, crd: Manifest): Promise<void> {
  const { group, names, versions } = crd.spec as CrdSpec;
  await waitFor(`CRD ${crd.metadata.name} being Established`, 90, async () => {
    const { object } = await api.get(crd);
    const conditions = (object.status as { conditions?: Condition[] } | undefined)?.conditions ?? [];
    const failed = conditions.find(({ type, status }) => type === 'NamesAccepted' && status === 'False');
    if (failed) return failed.message;
    return conditions.some(({ type, status }) => type === 'Established' && status === 'True')
      ? undefined
      : `its conditions are ${JSON.stringify(conditions)}`;
  });
  const served = versions.filter((version) => version.served);
  for (const version of served) {
    await waitFor(`kind ${names.kind} of ${group}/${version.name} being served`, 90, async () =>
      (await api.discovery.find(`${group}/${version.name}`, names.kind)) ? undefined : 'discovery does not list it',
    );
  }
}

interface CrdSpec {
  group: string;
  names: { kind: string };
  versions: { name: string; served: boolean }[];
}

interface Condition {
  type: string;
  status: string;
  message: string;
}

/** The file in `CRD_DIR` that brings a kind, found by the file's text: some are megabytes of YAML. */
function crdFileOf(apiVersion: string, kind: string): string | undefined {
  const [group, version] = apiVersion.split('/');
  const folder = join(crdFolder(), group);
  if (version === undefined || !existsSync(folder)) return undefined;
  const file = readdirSync(folder).find((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const named = new RegExp(`^ {4}kind: ${kind}$`, 'm').test(text);
    return named && new RegExp(`^ {2,6}(- )?name: ${version}$`, 'm').test(text);
  });
  return file && join(group, file);
}
