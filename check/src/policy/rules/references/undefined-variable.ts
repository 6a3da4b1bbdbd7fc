import { runsShell } from '../../../inventory/shell';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Variables that controllers put into pods. */
const INJECTED =
  /^(PET_|RANK$|WORLD_SIZE$|LOCAL_|MASTER_|TF_CONFIG$|JOB_|JOBSET_|LWS_|RAY_|DMLC_|KUBERNETES_|OMPI_|NCCL_|NVIDIA_|CUDA_|COORDINATOR_|NUM_PROCESSES$|PROCESS_ID$|TPU_|MEGASCALE_|VC_|VK_|K_|ARGO_|HOSTNAME$|.*_SERVICE_(HOST|PORT)|.*_PORT(_|$))/;

export const undefinedVariable: Rule<Scope.CONTAINER> = {
  name: 'undefined-variable',
  group: Group.REFERENCES,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'What is not defined before it is used is not expanded: the program gets the text as it stands. https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/',
  fix: 'Define the variable before it is used, or write $$(NAME) for the text itself.',
  check: (container) => {
    const { field, env, pod } = container;
    if (field.at('envFrom').items.length > 0 || pod.partial) return [];
    const defined = new Set<string>();
    const values = env.flatMap(({ field: place, name, value = '' }) => {
      const missing = missingIn(value, defined);
      defined.add(name);
      return missing === undefined
        ? []
        : [warning(place.at('value'), `uses $(${missing}), which is not defined before.`)];
    });
    if (runsShell(container)) return values;
    const words = [...field.at('command').items, ...field.at('args').items].flatMap((place) => {
      const missing = missingIn(place.text ?? '', defined);
      return missing === undefined ? [] : [warning(place, `uses $(${missing}), which is not defined.`)];
    });
    return [...values, ...words];
  },
};

function missingIn(text: string, defined: ReadonlySet<string>): string | undefined {
  for (const [, name] of text.matchAll(/(?<!\$)\$\(([A-Z_][A-Z0-9_]*)\)/g)) {
    if (!defined.has(name) && !INJECTED.test(name)) return name;
  }
  return undefined;
}
