import { isOpen } from '../../../inventory/open-text';
import type { Field } from '../../../inventory/field';
import { isBytes } from '../../../inventory/resource-name';
import type { Remark } from '../../finding';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const BYTE = 1_000_000_000n;
/** No container starts in less, so that a smaller amount is one without its unit. https://github.com/opencontainers/runc/issues/1980 */
const LEAST = 4n * 1024n * 1024n * BYTE;

export const memoryUnit: Rule<Scope.CONTAINER> = {
  name: 'memory-unit',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'Memory without a unit is in bytes, and m means thousandths of a byte: no container can start in that. https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory',
  fix: 'Write the unit, such as 512Mi or 16Gi.',
  check: ({ asked }) =>
    asked.flatMap(({ part, resource, field }) =>
      isBytes(resource) && !isOpen(field) ? remark(part, resource, field) : [],
    ),
};

function remark(part: string, resource: string, field: Field): Remark[] {
  const { quantity } = field;
  if (quantity === undefined || quantity <= 0n || quantity >= LEAST) return [];
  const written = String(field.value);
  if (quantity % BYTE !== 0n || written.endsWith('m')) {
    return [error(field, `has ${written} of ${resource}, which is in thousandths of a byte.`, meant(written, /m$/))];
  }
  if (/\d$/.test(written)) {
    return [error(field, `has ${written} of ${resource}, which is in bytes.`, meant(written, /$/))];
  }
  if (part !== 'limits' || resource !== 'memory') return [];
  return [
    warning(field, `has a limit of ${written} of memory, in which no container starts.`, meant(written, /k$|Ki$/)),
  ];
}

function meant(written: string, unit: RegExp): string {
  return `Write the unit, such as ${written.replace(unit, 'Mi')}.`;
}
