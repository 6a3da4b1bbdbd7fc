import type { Field } from './field';
import type { PodFacts } from './pod';

/** A field in which a pod breaks a level of the Pod Security Standards. */
export interface Violation {
  readonly field: Field;
  /** What it is, as messages say it. */
  readonly what: string;
}

// https://kubernetes.io/docs/concepts/security/pod-security-standards/

/** Capabilities that `baseline` lets a container add. */
const BASELINE_CAPABILITIES: ReadonlySet<string> = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);
/** Volumes that `restricted` lets a pod have. */
const RESTRICTED_VOLUMES: ReadonlySet<string> = new Set(
  'configMap csi downwardAPI emptyDir ephemeral persistentVolumeClaim projected secret volumeClaimTemplate'.split(' '),
);

/** What `baseline` forbids. */
export function baselineViolations(pod: PodFacts): Violation[] {
  const host = ['hostNetwork', 'hostPID', 'hostIPC']
    .map((key) => pod.at(key))
    .filter(({ boolean }) => boolean === true)
    .map((field) => ({ field, what: String(field.path.at(-1)) }));
  const paths = pod.volumes
    .filter(({ nature }) => nature === 'host-path')
    .map(({ field }) => ({ field: field.at('hostPath'), what: `hostPath ${field.at('hostPath', 'path').text ?? ''}` }));
  const containers = pod.everyContainer.flatMap(({ field }): Violation[] => {
    const security = field.at('securityContext');
    const privileged = security.at('privileged');
    const added = security
      .at('capabilities', 'add')
      .items.filter(({ text }) => text !== undefined && !BASELINE_CAPABILITIES.has(text));
    const ports = field
      .at('ports')
      .items.map((port) => port.at('hostPort'))
      .filter(({ integer = 0 }) => integer !== 0);
    return [
      ...(privileged.boolean === true ? [{ field: privileged, what: 'privileged' }] : []),
      ...added.map((each) => ({ field: each, what: `capability ${each.text}` })),
      ...ports.map((each) => ({ field: each, what: `hostPort ${each.integer}` })),
    ];
  });
  return [...host, ...paths, ...containers, ...unconfined(pod)];
}

function unconfined(pod: PodFacts): Violation[] {
  const contexts = [pod.at('securityContext'), ...pod.everyContainer.map(({ field }) => field.at('securityContext'))];
  return contexts
    .map((context) => context.at('seccompProfile', 'type'))
    .filter(({ text }) => text === 'Unconfined')
    .map((field) => ({ field, what: 'seccompProfile Unconfined' }));
}

/** What `restricted` forbids or asks for, beside what `baseline` forbids. */
export function restrictedViolations(pod: PodFacts): Violation[] {
  const context = pod.at('securityContext');
  const volumes = pod.volumes
    .filter(({ source, nature }) => source !== undefined && nature !== 'host-path' && !RESTRICTED_VOLUMES.has(source))
    .map(({ field, source }) => ({ field, what: `volume of type ${source}` }));
  const containers = pod.everyContainer.flatMap(({ field }): Violation[] => {
    const own = field.at('securityContext');
    const nonRoot = own.at('runAsNonRoot').boolean ?? context.at('runAsNonRoot').boolean;
    const user = own.at('runAsUser').integer ?? context.at('runAsUser').integer;
    const seccomp = own.at('seccompProfile', 'type').text ?? context.at('seccompProfile', 'type').text;
    const name = field.at('name').text ?? '';
    const missing = (key: string, lacks: boolean, what: string): Violation[] =>
      lacks ? [{ field: own.at(key), what: `container ${name} without ${what}` }] : [];
    return [
      ...missing(
        'allowPrivilegeEscalation',
        own.at('allowPrivilegeEscalation').boolean !== false,
        'allowPrivilegeEscalation: false',
      ),
      ...missing('runAsNonRoot', nonRoot !== true, 'runAsNonRoot: true'),
      ...(user === 0 ? [{ field: own.at('runAsUser'), what: `container ${name} with runAsUser 0` }] : []),
      ...missing(
        'seccompProfile',
        seccomp !== 'RuntimeDefault' && seccomp !== 'Localhost',
        'seccompProfile RuntimeDefault',
      ),
      ...missing('capabilities', !own.at('capabilities', 'drop').texts.includes('ALL'), 'capabilities.drop ALL'),
    ];
  });
  return [...volumes, ...containers];
}
