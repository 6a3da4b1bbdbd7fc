import { baselineViolations, restrictedViolations } from '../../src/inventory/pod-security';
import type { Violation } from '../../src/inventory/pod-security';
import { inventoryOf } from './inventory-of';

const podOf = (spec: object) =>
  inventoryOf(JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec })).pods[0];
const told = (violations: readonly Violation[]): string[][] => violations.map(({ field, what }) => [field.place, what]);
const baseline = (spec: object): string[][] => told(baselineViolations(podOf({ containers: [], ...spec })));
const ofContainer = (container: object): string[][] => baseline({ containers: [container] });

describe('what baseline forbids', () => {
  test.each<[object, string[][]]>([
    [
      { hostNetwork: true, hostPID: true, hostIPC: true },
      [
        ['spec.hostNetwork', 'hostNetwork'],
        ['spec.hostPID', 'hostPID'],
        ['spec.hostIPC', 'hostIPC'],
      ],
    ],
    [{ hostNetwork: false, hostPID: 'true' }, []],
    [
      {
        volumes: [
          { name: 'a', hostPath: { path: '/dev/shm' } },
          { name: 'b', emptyDir: {} },
        ],
      },
      [['spec.volumes[0].hostPath', 'hostPath /dev/shm']],
    ],
    [{ volumes: [{ name: 'a', hostPath: {} }] }, [['spec.volumes[0].hostPath', 'hostPath ']]],
    [
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      [['spec.securityContext.seccompProfile.type', 'seccompProfile Unconfined']],
    ],
    [{ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }, []],
  ])('of a pod: %j', (spec, expected) => {
    expect(baseline(spec)).toEqual(expected);
  });

  const CONTEXT = 'spec.containers[0].securityContext';
  test.each<[object, string[][]]>([
    [{ securityContext: { privileged: true } }, [[`${CONTEXT}.privileged`, 'privileged']]],
    [{ securityContext: { privileged: false } }, []],
    [
      { securityContext: { capabilities: { add: ['CHOWN', 'SYS_ADMIN', 7, 'IPC_LOCK'] } } },
      [
        [`${CONTEXT}.capabilities.add[1]`, 'capability SYS_ADMIN'],
        [`${CONTEXT}.capabilities.add[3]`, 'capability IPC_LOCK'],
      ],
    ],
    [
      { ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 0 }, { containerPort: 82, hostPort: 83 }] },
      [['spec.containers[0].ports[2].hostPort', 'hostPort 83']],
    ],
    [
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      [[`${CONTEXT}.seccompProfile.type`, 'seccompProfile Unconfined']],
    ],
  ])('of a container: %j', (container, expected) => {
    expect(ofContainer(container)).toEqual(expected);
  });

  test('of pods that another object makes, by the same names', () => {
    const template = { metadata: { labels: { a: 'b' } }, spec: { hostIPC: true, containers: [] } };
    const text = JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec: { template } });
    expect(told(baselineViolations(inventoryOf(text).pods[0]))).toEqual([['spec.template.spec.hostIPC', 'hostIPC']]);
  });

  test('of init containers, too', () => {
    expect(baseline({ initContainers: [{ securityContext: { privileged: true } }] })).toEqual([
      ['spec.initContainers[0].securityContext.privileged', 'privileged'],
    ]);
  });
});

describe('what restricted asks for', () => {
  const GOOD = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    runAsUser: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
    capabilities: { drop: ['ALL'] },
  };
  const restricted = (spec: object): string[][] => told(restrictedViolations(podOf(spec)));
  const withContext = (securityContext: object, ofPod: object = {}): string[] =>
    restricted({ securityContext: ofPod, containers: [{ name: 'main', securityContext }] }).map(([, what]) => what);
  const { allowPrivilegeEscalation, runAsNonRoot, seccompProfile, capabilities } = GOOD;
  const OWN = { allowPrivilegeEscalation, capabilities };

  test('is in the container, or in the pod where it can be', () => {
    expect(withContext(GOOD)).toEqual([]);
    expect(withContext(OWN, { runAsNonRoot, seccompProfile })).toEqual([]);
    expect(withContext({ ...GOOD, seccompProfile: { type: 'Localhost' } })).toEqual([]);
    expect(withContext({ ...GOOD, capabilities: { drop: ['NET_RAW', 'ALL'] } })).toEqual([]);
  });

  test.each<[object, object, string]>([
    [{ allowPrivilegeEscalation: undefined }, {}, 'container main without allowPrivilegeEscalation: false'],
    [{ allowPrivilegeEscalation: true }, {}, 'container main without allowPrivilegeEscalation: false'],
    [{ runAsNonRoot: undefined }, {}, 'container main without runAsNonRoot: true'],
    [{ runAsNonRoot: false }, { runAsNonRoot: true }, 'container main without runAsNonRoot: true'],
    [{ runAsUser: 0 }, {}, 'container main with runAsUser 0'],
    [{ runAsUser: undefined }, { runAsUser: 0 }, 'container main with runAsUser 0'],
    [{ seccompProfile: undefined }, {}, 'container main without seccompProfile RuntimeDefault'],
    [
      { seccompProfile: { type: 'Unconfined' } },
      { seccompProfile },
      'container main without seccompProfile RuntimeDefault',
    ],
    [{ capabilities: { drop: ['NET_RAW'] } }, {}, 'container main without capabilities.drop ALL'],
  ])('is missing with %j in the container and %j in the pod: %s', (change, ofPod, what) => {
    expect(withContext({ ...GOOD, ...change }, ofPod)).toEqual([what]);
  });

  test('is said where it belongs, for each container', () => {
    const found = restricted({
      containers: [{ name: 'main', securityContext: { ...GOOD, runAsUser: 0 } }],
      initContainers: [{ securityContext: { ...GOOD, capabilities: {} } }],
    });
    expect(found).toEqual([
      ['spec.initContainers[0].securityContext.capabilities', 'container  without capabilities.drop ALL'],
      ['spec.containers[0].securityContext.runAsUser', 'container main with runAsUser 0'],
    ]);
  });

  test('is that volumes come from where they may', () => {
    const volumes = [
      { name: 'a', emptyDir: {} },
      { name: 'b', nfs: {} },
      { name: 'c', hostPath: {} },
      { name: 'd' },
      { name: 'e', persistentVolumeClaim: {} },
      { name: 'f', image: {} },
    ];
    expect(restricted({ volumes, containers: [] })).toEqual([
      ['spec.volumes[1]', 'volume of type nfs'],
      ['spec.volumes[5]', 'volume of type image'],
    ]);
  });
});
