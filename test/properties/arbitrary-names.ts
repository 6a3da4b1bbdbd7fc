import * as fc from 'fast-check';
import type { Taint } from '../../src';
import { TaintEffect } from '../../src';

// Names, labels and taints that Kubernetes takes, up to the longest.

/** One of the members of an enum. */
export function oneOf<T extends string>(members: Readonly<Record<string, T>>): fc.Arbitrary<T> {
  return fc.constantFrom(...Object.values(members));
}

/** Short names that start with a letter or digit. */
export const name = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/).filter((text) => text !== 'constructor');

/** A text of so many characters that is a name of any kind. */
function longest(length: number): string {
  return `a${'-0z'.repeat(length).slice(0, length - 2)}b`;
}

const shortLabel = fc.stringMatching(/^[a-z]([-a-z0-9]{0,10}[a-z0-9])?$/);

/** DNS labels that start with a letter, now and then as long as can be. */
export function dnsLabel(most = 63): fc.Arbitrary<string> {
  return fc.oneof({ weight: 8, arbitrary: shortLabel }, { weight: 1, arbitrary: fc.constant(longest(most)) });
}

/** DNS subdomains, now and then as long as can be. */
export const dnsSubdomain: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: dnsLabel() },
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z0-9]{1,5}(\.[a-z0-9]([-a-z0-9]{0,3}[a-z0-9])?){1,3}$/) },
  { weight: 1, arbitrary: fc.constantFrom('1', `${longest(62)}.${longest(62)}.${longest(62)}.${longest(64)}`) },
);

/** Keys of labels, most of them short. */
export const labelKey = fc.stringMatching(/^([a-z]{1,5}\.[a-z]{1,5}\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,10}[A-Za-z0-9])?$/);

/** Keys of labels that mean nothing to JavaScript, now and then as long as can be. */
export const safeLabelKey = labelKey.filter((key) => !['constructor', 'prototype', '__proto__'].includes(key));

/** Keys of labels as long as can be. */
export const longLabelKey = fc.constant(`${longest(126)}.${longest(126)}/${longest(63)}`);

/** Values of labels. */
export const labelValue = fc.stringMatching(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,10}[A-Za-z0-9])?)?$/);

/** Values of labels as long as can be. */
export const longLabelValue = fc.constantFrom(longest(63), `X_${'.-_'.repeat(20)}Y`);

/** Values of labels that are not empty. */
export const someLabelValue = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,10}[A-Za-z0-9])?$/) },
  { weight: 1, arbitrary: longLabelValue },
);

/** Taints of nodes. */
export const taint: fc.Arbitrary<Taint> = fc.record(
  { key: labelKey, value: labelValue, effect: oneOf(TaintEffect) },
  { requiredKeys: ['key', 'effect'] },
);

/** Tolerations of pods. */
export const toleration = fc.record(
  { key: labelKey, value: labelValue, effect: oneOf(TaintEffect) },
  { requiredKeys: ['key'] },
);
