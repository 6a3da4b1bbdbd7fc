import type { EnvVar } from '../../../imports/k8s';
import { fieldVariable } from '../../render/environment';
import type { Problem } from '../../core/diagnostics';
import { BACKEND_LACKS } from '../diagnostics';
import type { Gang, GangPlan } from './gang';
import { RENDEZVOUS_PORT } from './rendezvous';

/** Variable that TensorFlow reads the gang and the place of the process in it from. */
export const TF_CONFIG = 'TF_CONFIG';

/**
 * TF_CONFIG of a gang of workers, where no operator writes it.
 *
 * Written by hand as JSON, since the number of the pod is a number in it and only known in the pod.
 *
 * @param hostOf address of a pod by its number; composed from `$(RUN)`, so that no pod template knows the name of its job
 */
export function tfConfigVariables(plan: GangPlan, rankField: string, hostOf: (rank: number) => string): EnvVar[] {
  const [{ replicas }] = plan.roles;
  const workers = Array.from({ length: replicas }, (_none, rank) => `${hostOf(rank)}:${RENDEZVOUS_PORT}`);
  const cluster = JSON.stringify({ worker: workers });
  return [
    fieldVariable('NODE_RANK', rankField),
    { name: TF_CONFIG, value: `{"cluster":${cluster},"task":{"type":"worker","index":$(NODE_RANK)}}` },
  ];
}

// https://man7.org/linux/man-pages/man2/execve.2.html: what a process may get as one variable.
const LONGEST_VARIABLE = 131072;

/** A gang whose addresses do not fit into TF_CONFIG; `host` is the longest of them. */
export function tfConfigProblems({ roles, framework }: Gang, host: string): Problem[] {
  const pods = roles.reduce((sum, { replicas }) => sum + replicas, 0);
  const length = pods * `"${host}:${RENDEZVOUS_PORT}",`.length;
  if (framework.name !== 'tensorflow' || length < LONGEST_VARIABLE) return [];
  const message = `the addresses of ${pods} pods are ${length} characters of ${TF_CONFIG}, and a variable may have ${LONGEST_VARIABLE}.`;
  const fix = 'Take fewer nodes with more GPUs each, or a shorter name.';
  return [{ rule: BACKEND_LACKS, property: 'numNodes', value: String(roles[0].replicas), message, fix }];
}
