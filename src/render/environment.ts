import type { EnvValue } from 'cdk8s-plus-28';
import type { EnvVar, EnvVarSource } from '../../imports/k8s';
import { JOB_NAME_LABEL } from '../kinds/labels';

/** Where scratch directories appear in the container. */
export const CACHE_PATH = '/cache';
export const HOME_PATH = '/home/run';
export const TMP_PATH = '/tmp';
export const SHM_PATH = '/dev/shm';

/** Entries of a container's `env` from what the user gave. */
export function envVars(env: { readonly [name: string]: EnvValue } | undefined): EnvVar[] {
  return Object.entries(env ?? {}).map(([name, { value, valueFrom }]) => {
    return valueFrom === undefined
      ? { name, value: value as string }
      : { name, valueFrom: source(valueFrom as EnvVarSource) };
  });
}

/** cdk8s-plus wraps a divisor into a class that a plain object cannot hold. */
function source(valueFrom: EnvVarSource): EnvVarSource {
  const { resourceFieldRef, ...others } = valueFrom;
  if (resourceFieldRef === undefined) return others;
  const divisor = resourceFieldRef.divisor as unknown as { readonly value?: string } | string | undefined;
  return {
    ...others,
    resourceFieldRef: { ...resourceFieldRef, divisor: typeof divisor === 'object' ? divisor.value : divisor },
  };
}

/** Name of the run as the pod itself knows it: the name of its job, from a label that the controller sets. */
export function runVariable(label: string = JOB_NAME_LABEL): EnvVar {
  return fieldVariable('RUN', `metadata.labels['${label}']`);
}

/** A variable from a field of the pod. */
export function fieldVariable(name: string, fieldPath: string): EnvVar {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

/**
 * Who a user without an entry in the image's /etc/passwd is, and where libraries may keep their caches.
 *
 * torch's Inductor and vLLM look the user up and stop when there is none: https://github.com/pytorch/pytorch/issues/140765
 */
export function identityVariables(knownToImage: boolean): EnvVar[] {
  const identity = { HOME: HOME_PATH, USER: 'run', LOGNAME: 'run' };
  const caches = {
    XDG_CACHE_HOME: CACHE_PATH,
    HF_HOME: `${CACHE_PATH}/huggingface`,
    TORCH_HOME: `${CACHE_PATH}/torch`,
    TORCHINDUCTOR_CACHE_DIR: `${CACHE_PATH}/inductor`,
    TRITON_CACHE_DIR: `${CACHE_PATH}/triton`,
    CUDA_CACHE_PATH: `${CACHE_PATH}/cuda`,
  };
  return Object.entries({ ...(knownToImage ? {} : identity), ...caches }).map(([name, value]) => ({ name, value }));
}

/** Ours, then the user's; where both name a variable that is theirs to choose, theirs alone. */
export function mergeEnv(ours: readonly EnvVar[], theirs: readonly EnvVar[]): EnvVar[] {
  const chosen = new Set(theirs.map(({ name }) => name));
  return [...ours.filter(({ name }) => !chosen.has(name)), ...theirs];
}
