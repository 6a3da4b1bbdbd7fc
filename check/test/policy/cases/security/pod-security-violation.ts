import { Severity } from '../../../../src/policy/finding';
import { podSecurityViolation } from '../../../../src/policy/rules/security/pod-security-violation';
import type { RuleCase } from '../../rule-case';
import { RESTRICTED, TRAINED } from './trained';

export const POD_SECURITY_VIOLATION: RuleCase = {
  rule: podSecurityViolation,
  good: TRAINED + RESTRICTED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].securityContext': undefined },
      at: 'spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation',
      says: /enforces restricted: container main without allowPrivilegeEscalation: false, container main without capabilities.drop ALL/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.securityContext.runAsUser': 0 },
      at: 'spec.template.spec.containers[0].securityContext.runAsUser',
      says: /container main with runAsUser 0/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.volumes[0]': { name: 'shm', nfs: { server: 'nfs', path: '/x' } } },
      at: 'spec.template.spec.volumes[0]',
      says: /volume of type nfs/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.hostNetwork': true },
      at: 'spec.template.spec.hostNetwork',
      says: /hostNetwork/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].securityContext.capabilities.add': ['IPC_LOCK'] },
      at: 'spec.template.spec.containers[0].securityContext.capabilities.add[0]',
      says: /capability IPC_LOCK/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'nobody enforces it here': TRAINED.replace('runAsUser: 1000', 'runAsUser: 0'),
    'baseline lets it pass':
      TRAINED.replace('runAsUser: 1000', 'runAsUser: 0') +
      RESTRICTED.replace('enforce: restricted', 'enforce: baseline'),
  },
};
