import type { Size } from 'cdk8s';
import type { EnvValue } from 'cdk8s-plus-28';
import type { EnvVar } from '../../imports/k8s';
import { size } from '../core/amounts';
import { checkArgument, checkOptions, optional, text } from '../core/shape';
import { envValue } from '../kinds/env-value';
import { envVars } from '../render/environment';
import { mountPathCheck, normalPath } from '../render/volume';
import type { IClaim } from '../storage/claim';
import type { ClaimMountOptions, MountedClaim } from '../storage/mounted-claim';
import { checkClaim, claimMountShape, mountClaim, namedClaim } from '../storage/mounted-claim';

/** Where a model lies on a claim. */
export interface ModelClaimOptions extends ClaimMountOptions {
  /**
   * Directory or file of the model, relative to the root of the claim, without `..`.
   *
   * @default - the root of the claim
   */
  readonly path?: string;
}

/** Which files of a Hugging Face repository, and how to get them. */
export interface HuggingFaceOptions {
  /**
   * Commit of the repository, 40 hexadecimal digits.
   *
   * SRV002 (unsafe) when it is a branch or a tag, or left out, and the profile's stage is PRODUCTION.
   *
   * @default - the newest commit of the branch `main`, whenever a replica starts
   */
  readonly revision?: string;
  /**
   * Token for gated and private models: `Env.secret('huggingface', 'token')`. The program finds it at `HF_TOKEN`.
   *
   * KUB009 (unsafe) when it is plain text.
   *
   * @default - public models only
   */
  readonly token?: EnvValue;
  /**
   * Size of the files, from which the size limit of the cache follows.
   *
   * @default - as much as the GPUs of the pod hold, or the memory of the pod where that is not known
   */
  readonly size?: Size;
}

/** Where the runtime finds the model. */
export type ModelLocation =
  | { readonly type: 'directory'; readonly path: string; readonly mounted?: MountedClaim }
  | { readonly type: 'hub'; readonly modelId: string; readonly options: HuggingFaceOptions };

/**
 * The model that a server serves, and where it comes from.
 *
 * A program of its own finds it at `MODEL_DIR`, or its name at `MODEL_ID` and `MODEL_REVISION`; all three can be used in
 * arguments as `$(MODEL_DIR)`.
 */
export class ModelSource {
  /** A model on a claim of that name, mounted read-only, at `/models` unless `mountPath` says otherwise. */
  public static claim(claimName: string, options: ModelClaimOptions = {}): ModelSource {
    return ModelSource.on(namedClaim(claimName), options);
  }

  /** A model on a claim made here, mounted read-only, at `/models` unless `mountPath` says otherwise. */
  public static on(claim: IClaim, options: ModelClaimOptions = {}): ModelSource {
    checkOptions<ModelClaimOptions>('ModelClaimOptions', options, {
      ...claimMountShape,
      path: optional(text({ max: 1024, grammar: pathProblem, fix: 'Give a path such as chat/v3.' })),
    });
    const mounted = mountClaim(checkClaim(claim), options, '/models', true);
    const path = normalPath(`${mounted.mountPath}/${options.path ?? ''}`);
    return new ModelSource({ type: 'directory', path, mounted });
  }

  /**
   * A repository of the Hugging Face hub, which every replica downloads when it starts, into its cache.
   *
   * The time it takes counts into `loadTime`. A claim that is filled once starts faster, and starts when the hub is down.
   */
  public static huggingFace(modelId: string, options: HuggingFaceOptions = {}): ModelSource {
    checkArgument('modelId', modelId, text({ max: 193, grammar: modelIdProblem, fix: "Write it as 'org/model'." }));
    checkOptions<HuggingFaceOptions>('HuggingFaceOptions', options, {
      revision: optional(text({ max: 255, grammar: revisionProblem, fix: 'Give the commit, 40 hexadecimal digits.' })),
      token: optional(envValue),
      size: optional(size({ minMib: 1 })),
    });
    return new ModelSource({ type: 'hub', modelId, options: { ...options } });
  }

  /** A model that the image contains, at an absolute path. */
  public static inImage(path: string): ModelSource {
    checkArgument('path', path, mountPathCheck);
    return new ModelSource({ type: 'directory', path: normalPath(path) });
  }

  private constructor(
    /** @internal */
    public readonly _location: ModelLocation,
  ) {}

  /** @internal The claim that holds it. */
  public get _mounted(): MountedClaim | undefined {
    return this._location.type === 'directory' ? this._location.mounted : undefined;
  }

  /** @internal What every program is told of it, and what no user may set. */
  public _variables(): EnvVar[] {
    if (this._location.type === 'directory') return [{ name: 'MODEL_DIR', value: this._location.path }];
    const { modelId, options } = this._location;
    return [
      { name: 'MODEL_ID', value: modelId },
      ...(options.revision === undefined ? [] : [{ name: 'MODEL_REVISION', value: options.revision }]),
      ...(options.token === undefined ? [] : envVars({ HF_TOKEN: options.token })),
    ];
  }
}

const COMMIT = /^[0-9a-f]{40}$/;

/** Whether a revision can never mean another model. */
export function isCommit(revision: string | undefined): boolean {
  return revision !== undefined && COMMIT.test(revision);
}

function pathProblem(path: string): string | undefined {
  if (path.startsWith('/')) return 'is absolute';
  return path.split('/').includes('..') ? "contains '..'" : undefined;
}

// https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/utils/_validators.py
const REPO_ID = /^[A-Za-z0-9_][\w.-]{0,95}(\/[A-Za-z0-9_][\w.-]{0,95})?$/;

function modelIdProblem(id: string): string | undefined {
  const good = REPO_ID.test(id) && !id.includes('..') && !id.includes('--') && !id.endsWith('.git');
  return good ? undefined : 'is no repository of the hub';
}

function revisionProblem(revision: string): string | undefined {
  const good = /^[A-Za-z0-9_][\w./-]*$/.test(revision) && !revision.includes('..');
  return good ? undefined : 'is no revision of a repository';
}
