import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { check } from '../src/check';
import type { Json } from '../src/inventory/json';
import { sourceOf } from '../src/inventory/source';
import { RULES } from '../src/policy/rules';
import { EVERY_CASE } from './policy/cases';

// Whatever a manifest holds, no rule throws, and nothing is lost.

const EXAMPLES = join(__dirname, '..', '..', 'examples');
const SEEDS: readonly Json[] = [
  ...readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.k8s.yaml'))
    .map((file) => readFileSync(join(EXAMPLES, file), 'utf8')),
  ...EVERY_CASE.flatMap(({ good, silent = {} }) => [good, ...Object.values(silent)]),
].flatMap((text) => sourceOf('seed.yaml', text).documents.flatMap(({ value }) => (value === undefined ? [] : [value])));

const ODD_TEXTS = [
  '',
  ' ',
  '-',
  '0',
  '-1',
  '1e400',
  '0.5',
  '500m',
  '16GB',
  '__proto__',
  'constructor',
  '{{',
  '${X}',
  '$(',
  '/',
  '..',
  '\u0000',
  '\ud800',
  'é'.repeat(300),
  'a,'.repeat(5000),
  '*/5 * * *',
  '%',
  '\n---\n',
  'kind: [',
  '"',
  '--nproc-per-node=',
  'nvidia.com/',
  ':latest',
  '@sha256:',
];

function deep(levels: number): Json {
  let value: Json = 'bottom';
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? { deep: value } : [value];
  return value;
}

const oddValue = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 2 ** 53, [], {}, [[]], [null], { null: null }, deep(60)),
  fc.constantFrom(...ODD_TEXTS),
  fc.string(),
  fc.integer(),
);

/** A change of one place: another value, nothing, or a value from elsewhere in the manifest. */
const mutation = fc.record({
  where: fc.integer({ min: 0, max: 1_000_000 }),
  how: fc.constantFrom('replace', 'remove', 'wrap', 'move', 'rename'),
  value: oddValue,
});

type Place = readonly [holder: { [key: string | number]: Json }, key: string | number];

function placesOf(value: Json, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    found.push([value as { [key: string | number]: Json }, Array.isArray(value) ? Number(key) : key]);
    placesOf(inner, found);
  }
  return found;
}

function mutate(manifest: Json, { where, how, value }: { where: number; how: string; value: Json }): void {
  const places = placesOf(manifest);
  if (places.length === 0) return;
  const [holder, key] = places[where % places.length];
  const [from, source] = places[(where * 7919) % places.length];
  if (how === 'replace')
    holder[key] = structuredClone(value); // values are constants of all runs
  else if (how === 'remove') delete holder[key];
  else if (how === 'wrap') holder[key] = [holder[key]];
  else if (how === 'move') holder[key] = structuredClone(from[source]);
  else if (!Array.isArray(holder)) {
    holder[`${key}s`] = holder[key];
    delete holder[key];
  }
}

test('ten thousand mutated manifests are checked to the end', () => {
  let findings = 0;
  const manifest = fc.integer({ min: 0, max: SEEDS.length - 1 });
  fc.assert(
    fc.property(manifest, fc.array(mutation, { minLength: 1, maxLength: 6 }), (which, mutations) => {
      const mutated = structuredClone(SEEDS[which]);
      for (const each of mutations) mutate(mutated, each);
      const text = dump(mutated, { noRefs: true, skipInvalid: true });
      const result = check([sourceOf('mutated.yaml', text)], RULES);
      findings += result.findings.length;
      for (const { line, message, file } of result.findings) {
        expect(Number.isInteger(line) && line >= 1 && message !== '' && file === 'mutated.yaml').toBe(true);
      }
    }),
    { numRuns: 10_000, seed: 20260821 },
  );
  expect(findings).toBeGreaterThan(10_000);
}, 120_000);
