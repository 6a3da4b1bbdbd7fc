import type { Container } from '../../../inventory/container';
import { optionOf } from '../../../inventory/container';

/** Where trainers are told the address of the first pod. */
const OPTIONS = ['master-addr', 'rdzv-endpoint', 'main-process-ip', 'coordinator-address'];
const VARIABLES = [
  'MASTER_ADDR',
  'PET_MASTER_ADDR',
  'PET_RDZV_ENDPOINT',
  'RDZV_ENDPOINT',
  'JAX_COORDINATOR_ADDRESS',
  'COORDINATOR_ADDRESS',
];

/** The Service below which a container calls the first pod of its gang, as in `train-0.workers:29500`. */
export function serviceOfFirst(container: Container): string | undefined {
  const given = [optionOf(container.words, ...OPTIONS), ...VARIABLES.map((name) => container.variable(name)?.value)];
  for (const address of given) {
    const [, service] = /-0\.([a-z][-a-z0-9]*)(?:[.:]|$)/.exec(address ?? '') ?? [];
    if (service !== undefined) return service;
  }
  return undefined;
}
