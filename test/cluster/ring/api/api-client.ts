import { type ApiAnswer, type ApiRequest, ApiTransport } from './api-transport';
import { clientSidePatch, withLastApplied } from './client-side-apply';
import type { Connection } from '../components/kube-apiserver';
import { Discovery } from './discovery';
import { type Manifest, title } from './manifest';
import { isYaml, textOf } from './read-manifests';
import { type Missing, type Selection, watchUntil } from './watch';

/** How an object is written. */
export interface WriteOptions {
  /**
   * Goes through defaulting, validation and admission without being stored.
   *
   * @default false
   */
  readonly dryRun?: boolean;
}

/** How an object is applied. */
export interface ApplyOptions extends WriteOptions {
  /** @default cdk8s-ml */
  readonly fieldManager?: string;
  /**
   * Takes fields over from other managers.
   *
   * @default false
   */
  readonly force?: boolean;
}

/** What came back of a request that succeeded. */
export interface ApiResult {
  /** The object as the server has it now. */
  readonly object: Manifest;
  /** The server's warnings. */
  readonly warnings: string[];
}

/** A request that the server refused. Its message holds the server's own words. */
export class ApiError extends Error {
  constructor(
    /** HTTP status: 400, 403, 404, 409, 422, ... */
    public readonly status: number,
    /** The server's message. */
    public readonly reason: string,
    /** Warnings that came with the refusal. */
    public readonly warnings: string[],
    request: string,
  ) {
    super(`${request}: refused with ${status}: ${reason}`);
    this.name = 'ApiError';
  }
}

/** A client of one API server that validates strictly and hands on every warning. */
export class ApiClient {
  private constructor(
    private readonly transport: ApiTransport,
    /** Which kinds the server has, those of CRDs included. */
    public readonly discovery: Discovery,
    /** Namespace of objects that name none. */
    public readonly namespace: string,
    /** Whether the controllers of Kubernetes run: service accounts are made, deleted objects are collected. */
    public readonly controlled: boolean,
  ) {}

  /** A client whose namespaced objects go to `default` where they name no namespace. */
  public static connect(connection: Connection, controlled = false): ApiClient {
    const transport = new ApiTransport(connection);
    return new ApiClient(transport, new Discovery(transport), 'default', controlled);
  }

  /** The same client with another namespace for objects that name none. */
  public inNamespace(namespace: string): ApiClient {
    return new ApiClient(this.transport, this.discovery, namespace, this.controlled);
  }

  /** Server-side apply. */
  public async apply(manifest: Manifest, options: ApplyOptions = {}): Promise<ApiResult> {
    const fieldManager = options.fieldManager ?? 'cdk8s-ml';
    const query = { ...write(options), fieldManager, force: options.force ? 'true' : undefined };
    const contentType = 'application/apply-patch+yaml';
    return this.send('apply', manifest, { method: 'PATCH', query, body: textOf(manifest), contentType });
  }

  /**
   * Client-side apply, as `kubectl apply` without `--server-side` does it: the last applied manifest stands in an
   * annotation, and the patch replaces lists that have no merge key.
   */
  public async applyClientSide(manifest: Manifest, options: WriteOptions = {}): Promise<ApiResult> {
    const live = await this.find(manifest);
    if (!live) return this.create(withLastApplied(manifest), options);
    const request = { method: 'PATCH', query: write(options), body: clientSidePatch(manifest, live) } as const;
    try {
      return await this.send('apply', manifest, { ...request, contentType: 'application/strategic-merge-patch+json' });
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 415)) throw error;
      // Kinds of CRDs have no merge keys: the server takes JSON merge patches for them only.
      return this.send('apply', manifest, { ...request, contentType: 'application/merge-patch+json' });
    }
  }

  /** Creates an object; a `generateName` works. */
  public async create(manifest: Manifest, options: WriteOptions = {}): Promise<ApiResult> {
    return this.send('create', manifest, {
      method: 'POST',
      query: write(options),
      body: textOf(manifest),
      contentType: isYaml(manifest) ? 'application/yaml' : 'application/json',
    });
  }

  /** Sends a text as it stands, which need not be an object, in a dry run. */
  public async createText(text: string, collection: Selection): Promise<ApiResult> {
    const path = await this.collectionPath(collection);
    const query = write({ dryRun: true });
    const answer = await this.transport.send({
      method: 'POST',
      path,
      query,
      body: text,
      contentType: 'application/yaml',
    });
    if (answer.status > 299) {
      throw new ApiError(answer.status, messageOf(answer), answer.warnings, `create ${collection.kind}`);
    }
    return { object: answer.body as Manifest, warnings: answer.warnings };
  }

  /** Replaces an object as a whole; a manifest without a `resourceVersion` replaces whatever version is there. */
  public async replace(manifest: Manifest, options: WriteOptions = {}): Promise<ApiResult> {
    const resourceVersion =
      manifest.metadata.resourceVersion ?? (await this.get(manifest)).object.metadata.resourceVersion;
    const body = { ...manifest, metadata: { ...manifest.metadata, resourceVersion } };
    return this.send('replace', manifest, { method: 'PUT', query: write(options), body });
  }

  /** Merges fields into an object, or into one of its subresources (`status`). */
  public async patch(manifest: Manifest, fields: object, subresource?: string): Promise<ApiResult> {
    const contentType = 'application/merge-patch+json';
    return this.send('patch', manifest, { method: 'PATCH', body: fields, contentType }, subresource);
  }

  /** The object that a manifest names. */
  public async get(manifest: Manifest): Promise<ApiResult> {
    return this.send('get', manifest, { method: 'GET' });
  }

  /** The object that a manifest names, or `undefined`. */
  public async find(manifest: Manifest): Promise<Manifest | undefined> {
    try {
      return (await this.get(manifest)).object;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Deletes an object; what it owns follows, where a controller collects it. */
  public async del(manifest: Manifest): Promise<ApiResult> {
    return this.send('delete', manifest, { method: 'DELETE', query: { propagationPolicy: 'Background' } });
  }

  /** Asks for a pod to be evicted, as a drain does: a PodDisruptionBudget may refuse, which is an `ApiError` of 429. */
  public async evict(pod: Manifest): Promise<ApiResult> {
    const { name, namespace } = pod.metadata;
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
    return this.send('evict', pod, { method: 'POST', body, patient: false }, 'eviction');
  }

  /** A token with which a pod of a service account would come. */
  public async tokenOf(account: Manifest): Promise<string> {
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
    const { object } = await this.send('token', account, { method: 'POST', body }, 'token');
    return (object as unknown as { readonly status: { readonly token: string } }).status.token;
  }

  /** The objects of a selection, and the version from which a watch goes on. */
  public async list(selection: Selection): Promise<{ items: Manifest[]; resourceVersion: string }> {
    const { apiVersion, kind, name, labels: labelSelector } = selection;
    const path = await this.collectionPath(selection);
    const fieldSelector = name === undefined ? undefined : `metadata.name=${name}`;
    const answer = await this.transport.send({ method: 'GET', path, query: { labelSelector, fieldSelector } });
    if (answer.status !== 200) throw new ApiError(answer.status, messageOf(answer), answer.warnings, `list ${kind}`);
    const { items, metadata } = answer.body as { items: Manifest[]; metadata: { resourceVersion: string } };
    return { items: items.map((item) => ({ ...item, apiVersion, kind })), ...metadata };
  }

  /**
   * Watches objects until nothing is missing, and gives them back as they were then. `missing` says in words what has not
   * happened yet, and `undefined` when all has.
   *
   * @throws DidNotHappen after the limit, with the last words of `missing`
   */
  public async until(selection: Selection, awaited: string, seconds: number, missing: Missing): Promise<Manifest[]> {
    return watchUntil(this, this.transport, selection, awaited, seconds, missing);
  }

  /** What the server says of itself. */
  public async version(): Promise<{ readonly gitVersion: string }> {
    const answer = await this.transport.send({ method: 'GET', path: '/version' });
    return answer.body as { gitVersion: string };
  }

  /** Closes the connections that were kept. */
  public close(): void {
    this.transport.close();
  }

  /** Path of the collection that a selection is in. */
  public async collectionPath({ apiVersion, kind, namespace }: Selection): Promise<string> {
    const { base, plural, namespaced } = await this.discovery.kindOf({ apiVersion, kind, metadata: {} });
    const within = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
    return `${base}${within}/${plural}`;
  }

  /** Lets a namespace that is being deleted go, which a controller does in a whole cluster. */
  public async finalizeNamespace(namespace: Manifest): Promise<ApiResult> {
    const body = { ...namespace, spec: { finalizers: [] } };
    return this.send('finalize', namespace, { method: 'PUT', body }, 'finalize');
  }

  private async send(
    verb: string,
    manifest: Manifest,
    request: Omit<ApiRequest, 'path'>,
    subresource?: string,
  ): Promise<ApiResult> {
    const path = await this.pathOf(manifest, request.method === 'POST' && subresource === undefined, subresource);
    const answer = await this.transport.send({ ...request, path });
    if (answer.status < 200 || answer.status > 299) {
      throw new ApiError(answer.status, messageOf(answer), answer.warnings, `${verb} ${title(manifest)}`);
    }
    return { object: answer.body as Manifest, warnings: answer.warnings };
  }

  private async pathOf(manifest: Manifest, collection: boolean, subresource?: string): Promise<string> {
    const kind = await this.discovery.kindOf(manifest);
    const { name, namespace } = manifest.metadata;
    if (!collection && name === undefined) throw new Error(`${title(manifest)} has no name`);
    const parts = [kind.base];
    if (kind.namespaced) parts.push('namespaces', encodeURIComponent(namespace ?? this.namespace));
    parts.push(kind.plural);
    if (!collection) parts.push(encodeURIComponent(name ?? ''));
    if (subresource !== undefined) parts.push(subresource);
    return parts.join('/');
  }
}

function write(options: WriteOptions): { [parameter: string]: string | undefined } {
  return { fieldValidation: 'Strict', fieldManager: 'cdk8s-ml', dryRun: options.dryRun ? 'All' : undefined };
}

function messageOf(answer: ApiAnswer): string {
  const body = answer.body as { message?: string };
  return body?.message ?? JSON.stringify(answer.body);
}
