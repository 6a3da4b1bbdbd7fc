import { App, Size, SizeRoundingBehavior } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import fc from 'fast-check';
import type { ClusterProfileProps } from '../../src';
import { ClusterProfile, DiagnosticError, GpuModel, GpuSharing } from '../../src';
import { jsonValue, profileProps } from './arbitrary-profile';
import { everything, refusals, refused } from './fixtures';
import { takes } from './schema';

const head = { apiVersion: 'cdk8s-ml.dev/v1', kind: 'ClusterProfile', name: 'prod' };

/** A value in which amounts and models that mean the same are the same. */
function comparable(value: unknown): unknown {
  if (value instanceof Size) return `${value.toKibibytes({ rounding: SizeRoundingBehavior.NONE })}KiB`;
  if (value instanceof Cpu) return `${millis(value)}m`;
  if (value instanceof GpuModel || value instanceof GpuSharing) return { ...value };
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, comparable(one)]));
}

function millis({ amount }: Cpu): number {
  return amount.endsWith('m') ? Number(amount.slice(0, -1)) : Number(amount) * 1000;
}

/** Everything a profile says. */
function said(profile: ClusterProfile): unknown {
  const keys = Object.keys(everything) as (keyof ClusterProfileProps)[];
  return comparable(Object.fromEntries(keys.map((key) => [key, profile[key]])));
}

/** The same with the keys of every object the other way round. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, one]) => [key, reversed(one)])) as T;
}

describe('ClusterProfile.toJson', () => {
  test('minimal', () => {
    expect(new ClusterProfile({ name: 'prod' }).toJson()).toMatchSnapshot();
  });

  test('everything', () => {
    expect(new ClusterProfile(everything).toJson()).toMatchSnapshot();
  });

  test('writes amounts as Kubernetes quantities, as text', () => {
    const amounts = { nodeCpu: Cpu.units(190), nodeMemory: Size.tebibytes(1.5) };
    const pools = { h100: { gpu: GpuModel.H100, gpusPerNode: 8, ...amounts } };
    const document = JSON.parse(new ClusterProfile({ name: 'prod', pools }).toJson()) as Record<string, never>;
    expect(document['pools']).toEqual({
      h100: { gpu: 'h100-sxm', gpusPerNode: 8, nodeCpu: '190', nodeMemory: '1536Gi' },
    });
  });

  test('keeps what is known to be none apart from what is not known', () => {
    const profile = ClusterProfile.fromJson(new ClusterProfile({ name: 'prod', queues: [] }).toJson());
    expect([profile.queues, profile.priorityClasses]).toEqual([[], undefined]);
  });

  test('writes the same text whatever the order of the properties', () => {
    fc.assert(
      fc.property(profileProps, (props) => {
        expect(new ClusterProfile(reversed(props)).toJson()).toBe(new ClusterProfile(props).toJson());
      }),
      { seed: 11 },
    );
  });

  test('is read back to an equal profile, from its text and from its object, and written again the same', () => {
    fc.assert(
      fc.property(profileProps, (props) => {
        const profile = new ClusterProfile(props);
        const text = profile.toJson();
        const read = ClusterProfile.fromJson(text);
        expect(said(read)).toEqual(said(profile));
        expect(said(ClusterProfile.fromObject(JSON.parse(text)))).toEqual(said(profile));
        expect(read.toJson()).toBe(text);
        expect(takes(JSON.parse(text))).toBe(true);
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  test('COR011 fails for a profile that no ConfigMap could hold', () => {
    const namespaces = Array.from({ length: 9000 }, (_, i) => `${'team'.repeat(14)}${i}`);
    const queues = ['a', 'b'].map((name) => ({ name, namespaces }));
    expect(refused(() => new ClusterProfile({ name: 'prod', queues }).toJson())).toEqual(['COR011']);
  });

  test('COR011 passes for a profile that is large', () => {
    const namespaces = Array.from({ length: 9000 }, (_, i) => `team${i}`);
    const profile = new ClusterProfile({ name: 'prod', queues: [{ name: 'a', namespaces }] });
    expect(ClusterProfile.fromJson(profile.toJson()).queues).toEqual(profile.queues);
  });
});

describe('ClusterProfile.fromJson', () => {
  test('reads amounts in any form that Kubernetes has for them', () => {
    const pool = { gpu: 'h100-sxm', gpusPerNode: 8, nodeCpu: '190.5', nodeMemory: '2T' };
    const { pools } = ClusterProfile.fromJson(JSON.stringify({ ...head, pools: { h100: pool } }));
    expect(millis(pools.h100.nodeCpu!)).toBe(190500);
    expect(pools.h100.nodeMemory!.toKibibytes()).toBe(2e12 / 1024);
  });

  test('takes a line that names the schema for editors', () => {
    const $schema = 'https://cdk8s-ml.dev/schema/cluster-profile.v1.json';
    expect(ClusterProfile.fromJson(JSON.stringify({ $schema, ...head })).name).toBe('prod');
  });

  test('COR001 fails for anything but text', () => {
    expect(refusals(() => ClusterProfile.fromJson(head as never))[0]).toMatchObject({
      id: 'COR001',
      message: 'the document is an object, not text.',
      fix: "Give the text of the file, as readFileSync(path, 'utf8') returns it, or call fromObject.",
    });
  });

  test.each(['', '{', '{"name": "prod",}', '// no\n{}', "{'name': 'prod'}", 'undefined', '{"a":"\u0000"}'])(
    'CLU006 fails for %j, which is no JSON',
    (text) => {
      const [problem, ...others] = refusals(() => ClusterProfile.fromJson(text));
      expect(problem).toMatchObject({
        id: 'CLU006',
        message: expect.stringMatching(/^the document is no JSON: /) as string,
      });
      expect(problem.message).toMatch(/^[\x20-\x7e]{1,300}$/);
      expect(others).toEqual([]);
    },
  );

  test('COR006 fails for a byte order mark, which editors do not show', () => {
    expect(refused(() => ClusterProfile.fromJson(`\ufeff${JSON.stringify(head)}`))).toEqual(['COR006']);
  });

  test('CLU006 fails for keys that stand twice, at any depth and however they are written', () => {
    const text = `{
      "apiVersion": "cdk8s-ml.dev/v1", "kind": "ClusterProfile", "name": "prod", "name": "lab",
      "pools": { "h100": { "gpu": "h100-sxm", "gpusPerNode": 8, "g\\u0070u": "h200" }, "h100": { "gpu": "l4", "gpusPerNode": 1 } },
      "queues": [{ "name": "a,\\"{" }, { "name": "b", "namespaces": ["x", "y"], "name": "c" }]
    }`;
    expect(refused(() => ClusterProfile.fromJson(text))).toEqual([
      'COR004 queues[0].name',
      'CLU006 name',
      'CLU006 pools.h100.gpu',
      'CLU006 pools.h100',
      'CLU006 queues[1].name',
    ]);
  });

  test('CLU006 passes for keys that stand in several objects', () => {
    const pools = { a: { gpu: 'l4', gpusPerNode: 1 }, b: { gpu: 'l4', gpusPerNode: 1 } };
    expect(ClusterProfile.fromJson(JSON.stringify({ ...head, pools })).name).toBe('prod');
  });

  test('COR011 fails for a text that is too large to be one, before anything reads it', () => {
    expect(refused(() => ClusterProfile.fromJson('['.repeat(5_000_000)))).toEqual(['COR011']);
  });

  test.each([
    ['nested deeply', `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
    ['nested deeply with every key twice', `${'{"a":0,"a":'.repeat(80_000)}0${'}'.repeat(80_000)}`],
    ['full of the same key', `{${'"name":"prod",'.repeat(60_000)}"kind":""}`],
    ['full of keys', `{${Array.from({ length: 90_000 }, (_, i) => `"k${i}":0`).join(',')}}`],
    ['one long text', JSON.stringify({ ...head, name: 'x'.repeat(1_000_000) })],
    ['one long text of quotes', JSON.stringify({ ...head, name: '"'.repeat(500_000) })],
  ])('refuses a text that is %s in a few lines', (_, text) => {
    const error = attempt(() => ClusterProfile.fromJson(text));
    expect(error).toBeInstanceOf(DiagnosticError);
    expect((error as DiagnosticError).message.length).toBeLessThan(20_000);
  });

  test('refuses any text with a diagnostic and nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          jsonValue.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          expect(attempt(() => ClusterProfile.fromJson(text))).toBeInstanceOf(DiagnosticError);
        },
      ),
      { seed: 13, numRuns: 500 },
    );
  });

  test('lets no document change what other objects inherit', () => {
    const text = `{ "__proto__": { "polluted": 1 }, "pools": { "__proto__": { "gpu": "l4" } }, ${JSON.stringify(head).slice(1)}`;
    expect(refused(() => ClusterProfile.fromJson(text))).toEqual(['COR002 __proto__', 'COR004 pools']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('ClusterProfile.fromObject', () => {
  test('reads what an import of a JSON file gives', () => {
    expect(ClusterProfile.fromObject(head).name).toBe('prod');
  });

  test('is not changed by later changes of the document', () => {
    const document = { ...head, queues: [{ name: 'research', namespaces: ['a'] }] };
    const profile = ClusterProfile.fromObject(document);
    document.queues[0].namespaces.push('b');
    expect(profile.queues).toEqual([{ name: 'research', namespaces: ['a'] }]);
  });

  test.each([
    ['null', null],
    ['text', JSON.stringify(head)],
    ['a list', [head]],
    ['an instance of a class', new App()],
    ['a profile', new ClusterProfile({ name: 'prod' })],
    ['nothing', undefined],
  ])('COR001 fails for %s', (_, document) => {
    expect(refused(() => ClusterProfile.fromObject(document))).toEqual(['COR001']);
  });

  test('reports all problems of a document in one error, each with its path', () => {
    const document = {
      ...head,
      kubernetes: 1.35,
      regions: ['us-east-1'],
      pools: { h100: { gpu: 'h100-sxm', gpus: 8, nodeMemory: '1900GB' }, l4: { gpu: 'l4' } },
      queues: [{ name: 'research', namespaces: 'ml-training' }],
      priorityClasses: [
        { name: 'a', value: 1 },
        { name: 'a', value: 2e9 },
      ],
      trainingBackend: 'pytorch-job',
    };
    expect(refused(() => ClusterProfile.fromObject(document))).toEqual([
      'COR002 regions',
      'COR004 kubernetes',
      'COR002 pools.h100.gpus',
      'COR004 pools.h100.nodeMemory',
      'COR001 queues[0].namespaces',
      'CLU009 trainingBackend',
      'COR004 priorityClasses[1].value',
      'CLU006 priorityClasses[1].name',
    ]);
  });

  test('shows the value and the way out', () => {
    const pools = { h100: { gpu: 'h100-sxm', gpusPerNode: 8, nodeMemory: '1900GB' } };
    expect(refusals(() => ClusterProfile.fromObject({ ...head, pools }))).toEqual([
      {
        id: 'COR004',
        rule: 'out-of-range',
        level: 'invalid',
        path: '',
        property: 'pools.h100.nodeMemory',
        value: "'1900GB'",
        message: "pools.h100.nodeMemory '1900GB' is no amount of memory.",
        fix: "Write a Kubernetes quantity, such as '1900Gi' or '2T'.",
      },
    ]);
  });

  test('CLU006 fails for a later version, and says nothing of a document that it cannot know', () => {
    expect(refusals(() => ClusterProfile.fromObject({ ...head, apiVersion: 'cdk8s-ml.dev/v2', cells: 3 }))).toEqual([
      expect.objectContaining({
        id: 'CLU006',
        property: 'apiVersion',
        message: "apiVersion is 'cdk8s-ml.dev/v2', and this version of cdk8s-ml reads 'cdk8s-ml.dev/v1'.",
        fix: 'Upgrade cdk8s-ml, or write the document of this version.',
      }),
    ]);
  });

  test('CLU006 fails for the ConfigMap around the document', () => {
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'prod-profile' } };
    expect(refusals(() => ClusterProfile.fromObject(configMap)).map(({ fix }) => fix)).toEqual([
      "Write 'cdk8s-ml.dev/v1'.",
      "Give the text under data['profile.json'] of it.",
    ]);
  });

  test('refuses any value with a diagnostic and nothing else', () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
        (value) => {
          expect(attempt(() => ClusterProfile.fromObject(value))).toBeInstanceOf(DiagnosticError);
        },
      ),
      { seed: 14, numRuns: 500 },
    );
  });

  test('refuses objects that fight back', () => {
    const thrower = {
      get: () => {
        throw new Error('no');
      },
      ownKeys: () => {
        throw new Error('no');
      },
    };
    const hostile = [
      new Proxy({}, thrower),
      Object.defineProperty({ ...head }, 'pools', { enumerable: true, get: thrower.get }),
      { ...head, pools: new Proxy({}, thrower) },
    ];
    for (const document of hostile)
      expect(attempt(() => ClusterProfile.fromObject(document))).toBeInstanceOf(DiagnosticError);
    const cycle: Record<string, unknown> = { ...head };
    cycle.pools = { a: cycle };
    expect(attempt(() => ClusterProfile.fromObject(cycle))).toBeInstanceOf(DiagnosticError);
  });
});

function attempt(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}
