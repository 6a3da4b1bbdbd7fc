import { isDeepStrictEqual } from 'node:util';
import { LAST_APPLIED } from '../api/client-side-apply';
import type { Manifest } from '../api/manifest';

/** Fields in which two states of an object differ, but for what a server or a controller keeps for itself. */
export function changesBetween(before: Manifest, after: Manifest): string[] {
  if (before.metadata.resourceVersion === after.metadata.resourceVersion) return [];
  const found: string[] = [];
  const compare = (left: unknown, right: unknown, path: string): void => {
    if (isDeepStrictEqual(left, right) || BOOKKEEPING.includes(path)) return;
    if (left === undefined && isFields(right)) return compare({}, right, path);
    if (!isFields(left) || !isFields(right)) {
      found.push(`${path} (${JSON.stringify(left)} -> ${JSON.stringify(right)})`);
      return;
    }
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      compare(left[key], right[key], path === '' ? key : `${path}.${key}`);
    }
  };
  compare(before, after, '');
  return found;
}

const BOOKKEEPING = [
  'metadata.resourceVersion',
  'metadata.managedFields',
  `metadata.annotations.${LAST_APPLIED}`,
  'status',
];

function isFields(value: unknown): value is { [field: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
