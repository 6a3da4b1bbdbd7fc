import * as fc from 'fast-check';
import { AccessMode, Volume } from '../../src';
import { anyArgument, size } from './arbitrary-amounts';
import { dnsLabel, dnsSubdomain, labelKey, oneOf } from './arbitrary-names';
import { anyText } from './hostile';
import { call, mostly, type Written } from './written';

const mountPath = mostly(
  fc.oneof(
    { weight: 12, arbitrary: fc.stringMatching(/^(\/[a-z][a-z0-9._-]{0,8}){1,4}\/?$/) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '/x',
        '/tmp',
        '/cache',
        '/home/run',
        '/dev/shm',
        '/mnt//a/./b',
        '/日本/語',
        '/With Space',
        `/${'d'.repeat(600)}`,
      ),
    },
  ),
  fc.oneof(anyText, fc.constantFrom('/', '/a:b', '/a/../b', '/etc', 'relative')),
  150,
);

const subPath = mostly(
  fc.constantFrom('a', 'a/b', 'runs/日本', '.hidden', 'a b', './a', 'x'.repeat(1000)),
  fc.oneof(anyText, fc.constantFrom('..', '/a')),
  80,
);

const mount = { mountPath, readOnly: fc.boolean(), subPath };
const options = (more: Record<string, fc.Arbitrary<unknown>>, ...required: string[]): fc.Arbitrary<object> =>
  fc.record({ ...mount, ...more } as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: ['mountPath', ...required],
  });
const mode = mostly(fc.integer({ min: 0, max: 0o777 }), fc.constantFrom(0o1777));

/** Volumes of every kind. */
export const volume: fc.Arbitrary<Written> = fc.oneof(
  { weight: 3, arbitrary: call('Volume.claim', Volume.claim, dnsSubdomain, options({})) },
  {
    weight: 3,
    arbitrary: call(
      'Volume.scratch',
      Volume.scratch,
      options({ sizeLimit: size, inMemory: mostly(fc.constant(false), fc.constant(true), 6) }, 'sizeLimit'),
    ),
  },
  {
    weight: 2,
    arbitrary: call(
      'Volume.ephemeralClaim',
      Volume.ephemeralClaim,
      options({ size, storageClassName: dnsSubdomain, accessMode: oneOf(AccessMode) }, 'size'),
    ),
  },
  { weight: 2, arbitrary: call('Volume.secret', Volume.secret, dnsSubdomain, options({ defaultMode: mode })) },
  { weight: 2, arbitrary: call('Volume.configMap', Volume.configMap, dnsSubdomain, options({ defaultMode: mode })) },
  {
    weight: 2,
    arbitrary: call(
      'Volume.csi',
      Volume.csi,
      fc.oneof(fc.constantFrom('secrets-store.csi.k8s.io', 'd', 'd'.repeat(63)), dnsLabel()),
      fc.dictionary(mostly(labelKey, anyText), anyArgument, { maxKeys: 3 }),
      options({}),
    ),
  },
);

/** Volumes of a container: a few of every kind, or very many. */
export const volumes: fc.Arbitrary<Written[]> = mostly(
  fc.array(volume, { maxLength: 4 }),
  fc
    .integer({ min: 20, max: 100 })
    .chain((count) =>
      fc.tuple(
        ...Array.from({ length: count }, (_, i) =>
          call('Volume.secret', Volume.secret, fc.constant(`secret-${i}`), fc.constant({ mountPath: `/secrets/${i}` })),
        ),
      ),
    ),
  15,
);
