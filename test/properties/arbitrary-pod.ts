import { Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { Affinity, Env, ImagePullPolicy, SecurityProfile, SharedMemory } from '../../src';
import {
  dnsLabel,
  dnsSubdomain,
  labelKey,
  labelValue,
  longLabelKey,
  longLabelValue,
  oneOf,
  toleration,
} from './arbitrary-names';
import { anyArgument, cpu, seconds, size } from './arbitrary-amounts';
import { volume, volumes } from './arbitrary-volume';
import { anyText } from './hostile';
import { call, maybe, mostly, type Written } from './written';

// What every pod says: mostly what the constructs take, up to the edges, and now and then what Kubernetes stumbles over.

/** Priority classes that a cluster must have for these props. */
export const PRIORITY_CLASSES = ['ml-train', 'ml-serve', 'a.very.long.name.of.a.priority-class'];
/** Runtime classes that a cluster must have for these props. */
export const RUNTIME_CLASSES = ['nvidia', 'kata-qemu'];

/** Images that a registry can have, and some that it cannot. */
export const image = mostly(
  fc.constantFrom(
    'registry.example.com/trainer:v1.7',
    'busybox',
    'nvcr.io/nvidia/pytorch:25.09-py3',
    'localhost:5000/a/b__c/d.e-f:0',
    `registry.example.com:443/trainer@sha256:${'0f'.repeat(32)}`,
    `a/b:${'t'.repeat(128)}@sha256:${'0f'.repeat(32)}`,
    `registry.example.com/${'r'.repeat(255)}:v1`,
    'ghcr.io/org/image:latest',
  ),
  anyText,
  60,
);

const secretKey = fc.oneof(fc.constantFrom('token', '.dockerconfigjson', 'A_b-c.d', 'k'.repeat(253)), longLabelValue);
const fieldPath = mostly(
  fc.oneof(
    fc.constantFrom('metadata.name', 'metadata.namespace', 'spec.nodeName', 'status.podIPs', 'status.hostIP'),
    labelKey.map((key) => `metadata.labels['${key}']`),
    fc.oneof(labelKey, longLabelKey).map((key) => `metadata.annotations['${key}']`),
  ),
  anyText.map((text) => `metadata.labels['${text}']`),
  20,
);

/** Sources as cdk8s-plus writes them. */
const sourceOfPlus = fc.oneof(
  fc.record({ name: dnsSubdomain, key: mostly(secretKey, anyText) }).map((secretKeyRef) => ({ secretKeyRef })),
  fc.record({ fieldPath }).map((fieldRef) => ({ fieldRef })),
  fc
    .record({
      resource: mostly(
        fc.constantFrom('limits.memory', 'requests.cpu', 'limits.ephemeral-storage'),
        fc.constantFrom('limits.gpu', 'cpu', 'limits.nvidia.com/gpu'),
        6,
      ),
    })
    .map((resourceFieldRef) => ({ resourceFieldRef })),
);

/** Where a variable gets its value from. */
export const envValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: call('Env.value', Env.value, anyArgument) },
  { weight: 1, arbitrary: call('Env.literal', Env.literal, anyArgument) },
  { weight: 2, arbitrary: call('Env.secret', Env.secret, dnsSubdomain, secretKey) },
  { weight: 1, arbitrary: call('Env.configMap', Env.configMap, dnsSubdomain, secretKey) },
  { weight: 2, arbitrary: call('Env.field', Env.field, fieldPath) },
  { weight: 1, arbitrary: call('EnvValue.fromProcess', EnvValue.fromProcess, fc.constant('PATH')) },
  { weight: 1, arbitrary: sourceOfPlus.map((valueFrom) => ({ valueFrom })) },
);

const envName = mostly(
  fc.oneof(
    fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,12}$/),
    fc.constantFrom('a.b-c', '1', 'HOME', 'N'.repeat(900), '_', 'with space'),
  ),
  fc.oneof(anyText, fc.constantFrom('RUN', 'PET_NNODES', 'a=b', '')),
  60,
);

const labels = fc.dictionary(
  mostly(
    fc.oneof({ weight: 6, arbitrary: labelKey }, { weight: 1, arbitrary: longLabelKey }),
    fc.oneof(anyText, fc.constant('job-name')),
    60,
  ),
  mostly(fc.oneof({ weight: 6, arbitrary: labelValue }, { weight: 1, arbitrary: longLabelValue }), anyText, 60),
  { maxKeys: 4 },
);

const annotations = fc.dictionary(
  mostly(
    fc.oneof({ weight: 6, arbitrary: labelKey }, { weight: 1, arbitrary: longLabelKey }),
    fc.oneof(
      anyText,
      fc.constantFrom(
        'container.apparmor.security.beta.kubernetes.io/trainer',
        'seccomp.security.alpha.kubernetes.io/pod',
        'scheduler.alpha.kubernetes.io/critical-pod',
        'kubernetes.io/config.source',
      ),
    ),
  ),
  anyArgument,
  { maxKeys: 4 },
);

const nodeLabels = fc.oneof(
  { weight: 5, arbitrary: labelKey },
  { weight: 2, arbitrary: fc.constantFrom('topology.kubernetes.io/zone', 'kubernetes.io/hostname') },
  { weight: 1, arbitrary: fc.constantFrom('beta.kubernetes.io/arch', 'failure-domain.beta.kubernetes.io/zone') },
);

/** Nodes that a pod asks for. */
export const affinity: fc.Arbitrary<Written> = fc.oneof(
  call('Affinity.requireNodes', Affinity.requireNodes, nodeLabels, labelValue, labelValue),
  call('Affinity.avoidNodes', Affinity.avoidNodes, nodeLabels, longLabelValue),
  call('Affinity.preferNodes', Affinity.preferNodes, fc.constantFrom(1, 50, 100), nodeLabels, labelValue),
);

/** Level of Pod Security that the pods need. */
export type PodSecurityLevel = 'restricted' | 'baseline';

const restricted = call(
  'SecurityProfile.restricted',
  SecurityProfile.restricted,
  maybe(mostly(fc.oneof(fc.integer({ min: 1, max: 65535 }), fc.constant(2147483647)), fc.constant(0))),
);
const SECURITY = {
  restricted,
  baseline: fc.oneof(restricted, call('SecurityProfile.image', SecurityProfile.image)),
};

const env = fc.dictionary(envName, envValue, { maxKeys: 5 });
const lines = fc.array(anyArgument, { maxLength: 4 });

interface ExtraContainer {
  readonly volumes?: Written[];
  /** Volumes of the main container that it has as well. */
  readonly shared?: number;
}

const extraContainers: fc.Arbitrary<ExtraContainer[]> = fc.array(
  fc.record(
    {
      name: mostly(dnsLabel(), fc.oneof(anyText, fc.constantFrom('trainer', 'server', 'pytorch')), 60),
      image,
      command: fc.array(anyArgument, { minLength: 1, maxLength: 3 }),
      args: lines,
      env,
      cpu,
      memory: mostly(call('Size.mebibytes', Size.mebibytes, fc.integer({ min: 4, max: 512 })), size, 10),
      volumes: fc.array(volume, { maxLength: 2 }),
      shared: fc.nat({ max: 3 }),
    },
    { requiredKeys: ['name', 'image'] },
  ),
  { maxLength: 3 },
);

/** Fields that are left out more often than not. */
export function sparse(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .subarray(Object.keys(fields), { maxLength: Math.min(8, Object.keys(fields).length) })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((key) => [key, fields[key]]))));
}

const podFields = {
  initContainers: extraContainers,
  sidecars: extraContainers,
  env,
  workingDir: mostly(fc.constantFrom('/app', '/', '/日本', 'relative'), anyText),
  ephemeralStorage: size,
  sharedMemory: fc.oneof(
    { weight: 3, arbitrary: call('SharedMemory.auto', SharedMemory.auto) },
    {
      weight: 2,
      arbitrary: call(
        'SharedMemory.of',
        SharedMemory.of,
        call('Size.mebibytes', Size.mebibytes, fc.integer({ min: 1, max: 4000 })),
      ),
    },
  ),
  serviceAccountName: dnsSubdomain,
  automountServiceAccountToken: fc.boolean(),
  imagePullSecrets: fc.array(fc.oneof(dnsSubdomain, fc.constant('registry')), { maxLength: 3 }),
  imagePullPolicy: oneOf(ImagePullPolicy),
  labels,
  annotations,
  affinity,
  tolerations: fc.array(toleration, { maxLength: 4 }),
  runtimeClassName: fc.constantFrom(...RUNTIME_CLASSES),
  priorityClassName: fc.constantFrom(...PRIORITY_CLASSES),
  schedulerName: dnsSubdomain,
  terminationGracePeriod: seconds(7 * 24 * 3600),
  volumes,
};

/** What every pod may say beside its image. Other containers share some of the volumes of the main one. */
export function podBaseProps(level: PodSecurityLevel): fc.Arbitrary<Record<string, unknown>> {
  return sparse({ ...podFields, security: SECURITY[level] }).map((props) => {
    const ofMain = (props.volumes ?? []) as Written[];
    const shares = ({ shared = 0, volumes: own, ...container }: ExtraContainer) =>
      shared === 0 && !own ? container : { ...container, volumes: [...(own ?? []), ...ofMain.slice(0, shared)] };
    const lists = { initContainers: props.initContainers, sidecars: props.sidecars } as Record<
      string,
      ExtraContainer[] | undefined
    >;
    const shared = Object.entries(lists).flatMap(([key, list]) => (list ? [[key, list.map(shares)]] : []));
    return { ...props, ...(Object.fromEntries(shared) as Record<string, unknown>) };
  });
}

/** What a container of the user starts. */
export const containerProps = {
  image,
  command: fc.array(anyArgument, { minLength: 1, maxLength: 3 }),
  args: lines,
};
