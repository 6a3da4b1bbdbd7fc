import { type ApiClient, ApiError, type ApiResult } from '../api/api-client';
import { changesBetween } from './changes';
import { established } from '../api/crds';
import { type Manifest, title } from '../api/manifest';
import { ensureNamespace } from './namespaces';
import { podOf, podTemplates } from './pod-templates';
import { settleQuota } from './quota';
import { removeManifests } from './remove-manifests';
import { pause } from '../process/wait';

/** Tries while admission has not yet read the quota that was just made. */
const QUOTA_TRIES = 50;
/** Looks at what another apply changes, while controllers write to the same object. */
const LOOKS = 5;

interface Placed {
  readonly object: Manifest;
  /** Its namespace, or the one in which the pods of a cluster-scoped object are tried. */
  readonly namespace: string;
  readonly rank: number;
}

/** One set of manifests on its way through `acceptManifests`, with everything that went wrong. */
export class Trial {
  /** One sentence each. */
  public readonly problems: string[] = [];
  /** What was applied, as the server answered. */
  public readonly accepted = new Map<Manifest, Manifest>();
  private readonly made: Manifest[] = [];
  private readonly order: Placed[] = [];

  private constructor(private readonly api: ApiClient) {}

  /** Looks up every kind; one that the server has not is a problem already. */
  public static async of(api: ApiClient, objects: Manifest[], namespace: string): Promise<Trial> {
    const trial = new Trial(api.inNamespace(namespace));
    for (const object of objects) {
      try {
        const { namespaced } = await api.discovery.kindOf(object);
        const own = namespaced ? (object.metadata.namespace ?? namespace) : namespace;
        trial.order.push({ object, namespace: own, rank: rankOf(object, namespaced) });
      } catch (error) {
        trial.problems.push(`${title(object)}: ${(error as Error).message}`);
      }
    }
    trial.order.sort((a, b) => a.rank - b.rank); // a stable sort
    return trial;
  }

  /** Applies everything once, after the namespaces that it needs. */
  public async deliver(labels: { [label: string]: string }): Promise<void> {
    const [namespaces, others] = [this.order.filter(isNamespace), this.order.filter((each) => !isNamespace(each))];
    for (const { object } of namespaces) await this.deliverOne(object);
    for (const name of new Set(others.map(({ namespace }) => namespace))) {
      const made = await ensureNamespace(this.api, name, labels);
      if (made) this.made.push(made);
    }
    for (const { object } of others) await this.deliverOne(object);
  }

  /**
   * Applies everything again, which must change nothing. What a controller writes at that very moment is not our doing:
   * a change counts when it shows in dry runs again and again.
   */
  public async deliverAgain(): Promise<void> {
    for (const object of this.accepted.keys()) {
      let changed: string[] = [];
      for (let look = 0; look < (this.api.controlled ? LOOKS : 1); look++) {
        const { object: before } = await this.api.get(object);
        const what = `${title(object)}, applied again`;
        const after = await this.attempt(what, () => this.api.apply(object, { dryRun: this.api.controlled }));
        changed = after ? changesBetween(before, after) : [];
        if (changed.length === 0) break;
      }
      if (changed.length > 0) {
        this.problems.push(`${title(object)}: applied again without a change, it changed in ${changed.join(', ')}`);
      }
    }
  }

  /** Tries each pod template as a bare Pod. */
  public async tryPods(): Promise<void> {
    for (const { object, namespace } of this.order) {
      for (const template of podTemplates(object)) {
        const pod = podOf(object, template, namespace);
        await this.attempt(`${title(object)}, a pod of ${template.path}`, () => this.api.create(pod, { dryRun: true }));
      }
    }
  }

  /** Takes out of the cluster what was put there. */
  public async remove(): Promise<void> {
    await removeManifests(this.api, [...this.made, ...this.accepted.keys()]);
  }

  private async deliverOne(object: Manifest): Promise<void> {
    const answer = await this.attempt(title(object), () => this.api.apply(object));
    if (!answer) return;
    this.accepted.set(object, answer);
    if (object.kind === 'ResourceQuota' && !this.api.controlled) await settleQuota(this.api, object);
    if (object.kind === 'CustomResourceDefinition') await established(this.api, object);
  }

  /** The object a request came back with; its warnings, or its refusal, become problems. */
  private async attempt(what: string, request: () => Promise<ApiResult>): Promise<Manifest | undefined> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { object, warnings } = await request();
        this.problems.push(...warnings.map((warning) => `${what}: warning: ${warning}`));
        return object;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.reason.includes('status unknown for quota') && attempt < QUOTA_TRIES) {
          await pause(100);
          continue;
        }
        this.problems.push(`${what}: refused with ${error.status}: ${error.reason}`);
        return undefined;
      }
    }
  }
}

function isNamespace({ rank }: Placed): boolean {
  return rank === 0;
}

function rankOf(object: Manifest, namespaced: boolean): number {
  if (object.kind === 'Namespace' && object.apiVersion === 'v1') return 0;
  if (!namespaced) return 1;
  return ['ResourceQuota', 'LimitRange'].includes(object.kind) ? 2 : 3;
}
