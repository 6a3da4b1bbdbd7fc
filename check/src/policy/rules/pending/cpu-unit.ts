import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const CORE = 1_000_000_000n;
/** Cores of the largest machines that clouds rent out other than for in-memory databases. https://aws.amazon.com/ec2/instance-types/ */
const MOST_CORES = 448n;
const OF_BYTES = /(Ki|Mi|Gi|Ti|Pi|Ei|k|M|G|T|P|E)$/;

export const cpuUnit: Rule<Scope.CONTAINER> = {
  name: 'cpu-unit',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'CPU is in cores and m means thousandths of one: with a unit of bytes, or without the m, no node is large enough. https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-cpu',
  fix: 'Write cores or thousandths of one, such as 4 or 500m.',
  props: 'Set cpu to Cpu.units(...) or Cpu.millis(...).',
  check: ({ resources }) => {
    const request = resources.at('requests', 'cpu');
    const field = request.exists ? request : resources.at('limits', 'cpu');
    const { quantity } = field;
    if (quantity === undefined || quantity <= 0n) return [];
    const written = String(field.value);
    if (OF_BYTES.test(written)) {
      return [error(field, `asks for ${written} of cpu, which is ${quantity / CORE} cores.`)];
    }
    if (quantity <= MOST_CORES * CORE) return [];
    const fix = `Write ${written}m if thousandths of a core are meant.`;
    return [warning(field, `asks for ${written} cores, and no node has so many.`, fix)];
  },
};
