import { Severity } from '../../../../src/policy/finding';
import { exceptionWithoutScope } from '../../../../src/policy/rules/security/exception-without-scope';
import type { RuleCase } from '../../rule-case';
import { WEB } from '../serving/served';
import { RESTRICTED, TRAINED } from './trained';

export const EXCEPTION_WITHOUT_SCOPE: RuleCase = {
  rule: exceptionWithoutScope,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].securityContext.capabilities.add': ['IPC_LOCK'] },
      at: 'spec.template.spec.containers[0].securityContext.capabilities.add[0]',
      says: /has capability IPC_LOCK/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.template.spec.volumes[0]': { name: 'shm', hostPath: { path: '/mnt/nvme' } } },
      at: 'spec.template.spec.volumes[0].hostPath',
      says: /has hostPath \/mnt\/nvme/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.template.spec.hostIPC': true },
      at: 'spec.template.spec.hostIPC',
      says: /has hostIPC/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.template.spec.containers[0].ports': [{ containerPort: 80, hostPort: 80 }] },
      at: 'spec.template.spec.containers[0].ports[0].hostPort',
      says: /has hostPort/,
      severity: Severity.WARNING,
    },
    {
      change: {
        'spec.template.spec.hostNetwork': true,
        "spec.template.spec.containers[0].resources.limits['nvidia.com/gpu']": undefined,
      },
      at: 'spec.template.spec.hostNetwork',
      says: /has hostNetwork/,
      severity: Severity.WARNING,
    },
    ...['/mnt/dev/shm', '/dev/shm/other'].map((path) => ({
      change: { 'spec.template.spec.volumes[0]': { name: 'shm', hostPath: { path } } },
      at: 'spec.template.spec.volumes[0].hostPath',
      says: /has hostPath/,
      severity: Severity.WARNING,
    })),
  ],
  silent: {
    'the network of the node by a run with GPUs, and its ports': TRAINED.replace(
      'restartPolicy: Never',
      'restartPolicy: Never\n      hostNetwork: true',
    ).replace('command:', 'ports: [{ containerPort: 80, hostPort: 80 }]\n        command:'),
    'a right that has a rule of its own': TRAINED.replace('drop: [ALL] }', 'drop: [ALL] }, privileged: true')
      .replace('restartPolicy: Never', 'restartPolicy: Never\n      hostNetwork: true')
      .replace('emptyDir: { medium: Memory, sizeLimit: 1Gi }', 'hostPath: { path: /dev/shm }'),
    'it has nothing to do with models': WEB.replace('spec: { containers', 'spec: { hostIPC: true, containers'),
    'a namespace that is kept for it':
      TRAINED.replace('drop: [ALL]', 'add: [IPC_LOCK]') +
      RESTRICTED.replace('enforce: restricted', 'enforce: privileged'),
  },
};
