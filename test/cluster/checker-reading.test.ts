import fc from 'fast-check';
import { sourceOf } from '../../check/src/inventory/source';
import { ApiError } from './ring/api/api-client';
import { established } from './ring/api/crds';
import type { Manifest } from './ring/api/manifest';
import { readManifests } from './ring/api/read-manifests';
import { useRing } from './ring/use-ring';

// The checker reads YAML as the API server does: both get the same text, and what the server understood is compared.

const ring = useRing();

/** A kind that may hold anything, so that the server's answer shows how it read each value. */
const PROBE: Manifest = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'probes.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Probe', plural: 'probes', singular: 'probe', listKind: 'ProbeList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

beforeAll(async () => {
  await ring.api.apply(PROBE);
  await established(ring.api, PROBE);
});

const HEAD = 'apiVersion: example.com/v1\nkind: Probe\nmetadata: { name: probe, namespace: default }\n';

async function asServerReads(body: string): Promise<unknown> {
  const [manifest] = readManifests(HEAD + body);
  const { object } = await ring.api.create(manifest, { dryRun: true });
  return object.spec;
}

function asCheckerReads(body: string): unknown {
  const [document] = sourceOf('probe.yaml', HEAD + body).documents;
  expect(document.problems).toEqual([]);
  return (document.value as { spec: unknown }).spec;
}

const SCALARS = [
  ...'y Y yes Yes YES n N no No NO true True TRUE false False FALSE on On ON off Off OFF ~ null Null NULL'.split(' '),
  ...'0 -0 +0 1 -1 +1 010 0777 -017 +017 08 09 0o17 0O17 0x50 0X1F 0b101 -0b1 0b2 1_000 1_0.5 0_7 _1 1__0'.split(' '),
  ...'1.5 .5 5. -.5 +.5 1e3 1E3 1e+3 1e-3 12e03 1.e3 .e3 1.5e3 1:30 12:30:45 2024-01-01 2024-01-01T00:00:00Z'.split(
    ' ',
  ),
  ...'0x 0b 0o 1k 64Gi 9007199254740992 1.0 100.0 00 007 0.1 12345e67 0e123456 1234567 = - a:b yEs nO nuLL TrUe'.split(
    ' ',
  ),
];

test('plain scalars', async () => {
  const body = `spec:\n${SCALARS.filter((each) => each !== '-')
    .map((each) => `- ${each}\n`)
    .join('')}`;
  expect(asCheckerReads(body)).toEqual(await asServerReads(body));
});

test('random plain scalars', async () => {
  const character = fc.constantFrom(...'0123456789abcdefxoXOBnNyYtruelsTRUFALS._+-:eE~');
  const start = fc.constantFrom(...'0123456789abcxyYnNtTfFoO.+-~');
  const scalar = fc
    .tuple(start, fc.string({ unit: character, maxLength: 7 }))
    .map((parts) => parts.join(''))
    .filter((text) => !/:$|^-$|^\.{3}$|^---|^[-+]?\.(inf|nan)$/i.test(text) && Number.isFinite(Number(text) || 0));
  const texts = fc.sample(scalar, { seed: 20260821, numRuns: 4000 });
  for (let from = 0; from < texts.length; from += 500) {
    const body = `spec:\n${texts
      .slice(from, from + 500)
      .map((each) => `- ${each}\n`)
      .join('')}`;
    expect(asCheckerReads(body)).toEqual(await asServerReads(body));
  }
});

test.each([
  ['quoted texts', `spec: ["yes", 'no', "010", '~', "a\\tb", 'it''s', "\\u00e9", ""]\n`],
  ['tags', 'spec: [!!str 010, !!str yes, !!int "7", !!float "1.5", !!bool "true", !!binary aGVsbG8=]\n'],
  [
    'blocks',
    'spec:\n  literal: |\n    a\n     b\n\n    c\n  folded: >-\n    a\n    b\n\n    c\n  kept: |+\n    x\n\n  end: 1\n',
  ],
  ['keys of other types', 'spec: { 1: a, true: b, 1.5: c, 010: e, "x": f, no: g }\n'],
  [
    'anchors, aliases and merges',
    'spec:\n  base: &b { a: 1, n: { x: yes } }\n  more: { <<: *b, c: 2 }\n  both: [*b, *b]\n',
  ],
  ['a merge of several', 'spec:\n  a: &a { x: 1 }\n  b: &b { y: 2 }\n  c: { <<: [*a, *b], z: 3 }\n'],
  ['texts over several lines', 'spec:\n  plain: one\n    two\n\n    three\n  quoted: "one\n    two"\n'],
  ['comments and odd spaces', 'spec:   # why\n    a:    1   # one\n    b : 2\n    c: "#no"\n    d: a#b\n'],
  ['carriage returns', 'spec:\r\n  a: 1\r\n  b: |\r\n    x\r\n    y\r\n'],
  ['flow over lines', 'spec: {\n  a: [1,\n  2],\n  "b": {"c":1}\n}\n'],
  ['empty values', 'spec:\n  a:\n  b: ~\n  c: {}\n  d: []\n  e:\n  - \n  - x\n'],
])('%s', async (_, body) => {
  expect(asCheckerReads(body)).toEqual(await asServerReads(body));
});

test.each([
  ['a number that JSON lacks', 'spec: [.nan]\n'],
  ['infinity', 'spec: [-.inf]\n'],
  ['a map as a key', 'spec: { {a: b}: c }\n'],
  ['a list that is not closed', 'spec: [a\n'],
  ['a tab as indentation', 'spec:\n\ta: 1\n'],
  ['a value after a value', 'spec: "a" b\n'],
  ['an alias of nothing', 'spec: *nothing\n'],
  ['two values of one key on a line', 'spec: a: b\n'],
  ['a key that is there twice', 'spec: { a: 1, a: 2 }\n'],
])('what the server refuses is a finding: %s', async (_, body) => {
  const { documents } = sourceOf('probe.yaml', HEAD + body);
  expect(documents.flatMap(({ problems }) => problems)).not.toEqual([]);
  const answer = await ring.api.createText(HEAD + body, PROBE_COLLECTION).catch((error: unknown) => error);
  expect(answer).toBeInstanceOf(ApiError);
});

const PROBE_COLLECTION = { apiVersion: 'example.com/v1', kind: 'Probe', namespace: 'default' };
