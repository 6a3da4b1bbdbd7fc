import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '..');

/** A package: its folder, and its rooms by rank. */
interface Package {
  readonly src: string;
  readonly ranks: readonly (readonly string[])[];
  /** Fewer imports between its files than there must be, lest the search for them finds nothing. */
  readonly leastImports: number;
}

const LIBRARY: Package = {
  src: join(ROOT, 'src'),
  ranks: [
    ['core'],
    ['catalog'],
    ['kinds'],
    ['cluster'],
    ['render'],
    ['compute', 'storage', 'tenancy'],
    ['training', 'serving'],
    ['pipeline'],
    ['monitoring'],
  ],
  leastImports: 200,
};
const CHECKER: Package = {
  src: join(ROOT, 'check', 'src'),
  ranks: [['inventory'], ['policy', 'capacity', 'cost'], ['report'], ['cli', 'plugin']],
  leastImports: 100,
};
/** Rooms of the library that the checker may use, as `cdk8s-ml/floor/<room>/<file>`. */
const FLOOR = ['core', 'catalog', 'kinds', 'cluster'];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const IMPORT = /^(import|export)( type)?\s[^;]*?from '(\.[^']*)';/gms;

function filesOf({ src }: Package): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
}

const textOf = ({ src }: Package, file: string): string => readFileSync(join(src, file), 'utf8');

function importsOf(of: Package): Import[] {
  return filesOf(of).flatMap((from) =>
    [...textOf(of, from).matchAll(IMPORT)].map(([, , type, path]) => ({
      from,
      to: relative(of.src, join(of.src, dirname(from), path)),
      typeOnly: type !== undefined,
    })),
  );
}

const roomOf = (file: string): string => file.split('/')[0];
const shown = ({ from, to }: Import): string => `${from} imports ${to}`;

describe.each([
  ['cdk8s-ml', LIBRARY],
  ['cdk8s-ml-check', CHECKER],
])('rooms of %s', (_, of) => {
  const files = filesOf(of);
  const inRooms = importsOf(of).filter(({ from, to }) => from.includes('/') && !to.startsWith('..'));
  const rankOf = (room: string): number => of.ranks.findIndex((rooms) => rooms.includes(room));

  test('are all known, and their imports are found', () => {
    expect(files.filter((file) => file.includes('/') && rankOf(roomOf(file)) < 0)).toEqual([]);
    expect(inRooms.length).toBeGreaterThan(of.leastImports);
  });

  test('import from themselves or from a lower rank only', () => {
    const wrong = inRooms.filter(
      ({ from, to }) => roomOf(from) !== roomOf(to) && rankOf(roomOf(from)) <= rankOf(roomOf(to)),
    );
    expect(wrong.map(shown)).toEqual([]);
  });

  test('import files, never the index of another room', () => {
    const indexes = inRooms.filter(({ from, to }) => /(^|\/)index$/.test(to) && roomOf(from) !== roomOf(to));
    expect([...indexes, ...inRooms.filter(({ to }) => rankOf(roomOf(to)) < 0)].map(shown)).toEqual([]);
  });

  test('import each other in no circle', () => {
    const next = new Map<string, string[]>();
    for (const { from, to, typeOnly } of inRooms)
      if (!typeOnly) next.set(from, [...(next.get(from) ?? []), `${to}.ts`]);
    const reaches = (start: string, file: string, seen: Set<string>): boolean =>
      (next.get(file) ?? []).some((to) => to === start || (!seen.has(to) && reaches(start, to, seen.add(to))));
    expect(files.filter((file) => reaches(file, file, new Set()))).toEqual([]);
  });
});

test('the library uses imports/ as types only', () => {
  const generated = importsOf(LIBRARY).filter(({ to }) => to.startsWith('../imports/'));
  expect(generated.length).toBeGreaterThan(5);
  expect(generated.filter(({ typeOnly }) => !typeOnly).map(shown)).toEqual([]);
});

test('the library makes API objects in render/ only', () => {
  const makers = filesOf(LIBRARY).filter((file) =>
    /\bnew (ApiObject|RenderedObject|kplus|k8s)\b|extends ApiObject\b/.test(textOf(LIBRARY, file)),
  );
  expect(makers.map(roomOf)).toEqual(['render']);
});

test('the checker uses nothing of the library but its floor', () => {
  const used = filesOf(CHECKER).flatMap((file) =>
    [...textOf(CHECKER, file).matchAll(/'cdk8s-ml(\/[^']*)?'/g)].map(([, path = '']) => path),
  );
  expect(used.length).toBeGreaterThan(5);
  const elsewhere = used.filter((path) => !path.startsWith('/imports/') && !FLOOR.includes(path.split('/')[2] ?? ''));
  expect(elsewhere).toEqual([]);
});
