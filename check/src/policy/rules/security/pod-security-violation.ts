import { baselineViolations, restrictedViolations } from '../../../inventory/pod-security';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Violations that a message lists. */
const SHOWN = 4;

export const podSecurityViolation: Rule<Scope.POD> = {
  name: 'pod-security-violation',
  group: Group.SECURITY,
  facts: ['ML-SEC-005'],
  scope: Scope.POD,
  why: 'The namespace enforces a level, and every pod that breaks it is refused; its controller tries again for ever. https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  fix: 'Put right what the level forbids, or take a namespace that is marked for the exception.',
  props: 'Leave security to SecurityProfile.restricted().',
  check: (pod, inventory) => {
    const namespace = inventory.find('', 'Namespace', pod.workload.resource.namespace ?? 'default', undefined);
    const level = namespace?.labels['pod-security.kubernetes.io/enforce'];
    if (pod.partial || (level !== 'baseline' && level !== 'restricted')) return [];
    const violations = [...baselineViolations(pod), ...(level === 'restricted' ? restrictedViolations(pod) : [])];
    if (violations.length === 0) return [];
    const listed = violations.slice(0, SHOWN).map(({ what }) => what);
    const more = violations.length > SHOWN ? `, and ${violations.length - SHOWN} more` : '';
    return [
      error(
        violations[0].field,
        `is refused in ${namespace!.name}, which enforces ${level}: ${listed.join(', ')}${more}.`,
      ),
    ];
  },
};
