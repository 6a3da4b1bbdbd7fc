import type { Container } from '../container';
import type { Field } from '../field';
import type { PodFacts } from '../pod';
import type { ReferenceKind } from './reference';

/** A name, as a part of an object has it. */
export interface Named {
  readonly kind: ReferenceKind;
  readonly field: Field;
  readonly optional?: boolean;
  readonly key?: Field;
  readonly targets?: readonly string[];
}

/** What pods name. */
export function namedByPod(pod: PodFacts): Named[] {
  return [
    ...pod.volumes.flatMap(({ field }) => namedByVolume(field)),
    ...pod.everyContainer.flatMap(namedByContainer),
    ...pod.at('imagePullSecrets').items.map((each): Named => ({ kind: 'secret', field: each.at('name') })),
    { kind: 'service-account', field: pod.at('serviceAccountName') },
    { kind: 'priority-class', field: pod.at('priorityClassName') },
    { kind: 'priority-class', field: pod.at('podPriorityClassName') },
    { kind: 'runtime-class', field: pod.at('runtimeClassName') },
    ...pod.at('resourceClaims').items.flatMap((claim): Named[] => [
      { kind: 'resource-claim', field: claim.at('resourceClaimName') },
      {
        kind: 'resource-claim',
        field: claim.at('resourceClaimTemplateName'),
        targets: ['resource.k8s.io/ResourceClaimTemplate'],
      },
    ]),
  ];
}

function namedByVolume(volume: Field): Named[] {
  const projected = volume
    .at('projected', 'sources')
    .items.flatMap((source): Named[] => [
      named('secret', source.at('secret'), 'name'),
      named('config-map', source.at('configMap'), 'name'),
    ]);
  return [
    { kind: 'claim', field: volume.at('persistentVolumeClaim', 'claimName') },
    named('secret', volume.at('secret'), 'secretName'),
    named('config-map', volume.at('configMap'), 'name'),
    ...projected,
    { kind: 'storage-class', field: volume.at('spec', 'storageClassName') },
    { kind: 'storage-class', field: volume.at('ephemeral', 'volumeClaimTemplate', 'spec', 'storageClassName') },
  ];
}

function namedByContainer({ field }: Container): Named[] {
  const variables = field.at('env').items.map((each) => each.at('valueFrom'));
  return [
    ...variables.flatMap((from): Named[] => [
      withKey('secret', from.at('secretKeyRef')),
      withKey('config-map', from.at('configMapKeyRef')),
    ]),
    ...field
      .at('envFrom')
      .items.flatMap((from): Named[] => [
        named('secret', from.at('secretRef'), 'name'),
        named('config-map', from.at('configMapRef'), 'name'),
      ]),
  ];
}

function named(kind: ReferenceKind, holder: Field, key: string): Named {
  return { kind, field: holder.at(key), optional: holder.at('optional').boolean };
}

function withKey(kind: ReferenceKind, holder: Field): Named {
  return { ...named(kind, holder, 'name'), key: holder.at('key') };
}
