import type { ApiTransport } from './api-transport';
import type { Manifest } from './manifest';

/** A kind as the server serves it. */
export interface ServedKind {
  /** Path up to the version: `/apis/batch/v1`. */
  readonly base: string;
  /** Name in paths: `jobs`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** Kinds by API version, asked once; a kind that is not known is asked again, since a CRD may have brought it. */
export class Discovery {
  private readonly versions = new Map<string, ApiResource[]>();

  constructor(private readonly transport: ApiTransport) {}

  /** How a manifest's kind is served; an error that names the kind when it is not. */
  public async kindOf(manifest: Manifest): Promise<ServedKind> {
    const found = await this.find(manifest.apiVersion, manifest.kind);
    if (!found) {
      throw new Error(`the server has no kind ${manifest.kind} in ${manifest.apiVersion}: is its CRD installed?`);
    }
    return found;
  }

  /** Like `kindOf`, and `undefined` for a kind that is not served. */
  public async find(apiVersion: string, kind: string): Promise<ServedKind | undefined> {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const known = this.versions.get(base)?.find((resource) => resource.kind === kind);
    const resource = known ?? (await this.ask(base)).find((candidate) => candidate.kind === kind);
    return resource && { base, plural: resource.name, namespaced: resource.namespaced };
  }

  private async ask(base: string): Promise<ApiResource[]> {
    const answer = await this.transport.send({ method: 'GET', path: base });
    if (answer.status !== 200 && answer.status !== 404) {
      throw new Error(`GET ${base} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    const all = answer.status === 200 ? (answer.body as { resources: ApiResource[] }).resources : [];
    const resources = all.filter((resource) => !resource.name.includes('/')); // no subresources
    this.versions.set(base, resources);
    return resources;
  }
}
