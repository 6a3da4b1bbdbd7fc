import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const SRC = join(__dirname, '..', 'src');
const RANKS = [
  ['core'],
  ['catalog'],
  ['kinds'],
  ['cluster'],
  ['render'],
  ['compute', 'storage', 'tenancy'],
  ['training', 'serving'],
  ['pipeline'],
  ['monitoring'],
];
const rankOf = (room: string): number => RANKS.findIndex((rooms) => rooms.includes(room));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const textOf = (file: string): string => readFileSync(join(SRC, file), 'utf8');
const IMPORT = /^(import|export)( type)?\s[^;]*?from '(\.[^']*)';/gms;
const imports: Import[] = files.flatMap((from) =>
  [...textOf(from).matchAll(IMPORT)].map(([, , type, path]) => ({
    from,
    to: relative(SRC, join(SRC, dirname(from), path)),
    typeOnly: type !== undefined,
  })),
);
const inRooms = imports.filter(({ from, to }) => from.includes('/') && !to.startsWith('..'));
const roomOf = (file: string): string => file.split('/')[0];
const shown = ({ from, to }: Import): string => `${from} imports ${to}`;

describe('rooms', () => {
  test('are all known, and their imports are found', () => {
    expect(files.filter((file) => file.includes('/') && rankOf(roomOf(file)) < 0)).toEqual([]);
    expect(inRooms.length).toBeGreaterThan(200);
  });

  test('import from themselves or from a lower rank only', () => {
    const wrong = inRooms.filter(
      ({ from, to }) => roomOf(from) !== roomOf(to) && rankOf(roomOf(from)) <= rankOf(roomOf(to)),
    );
    expect(wrong.map(shown)).toEqual([]);
  });

  test('import files, never an index', () => {
    expect(inRooms.filter(({ to }) => /(^|\/)index$/.test(to) || rankOf(roomOf(to)) < 0).map(shown)).toEqual([]);
  });

  test('import each other in no circle', () => {
    const next = new Map<string, string[]>();
    for (const { from, to, typeOnly } of inRooms)
      if (!typeOnly) next.set(from, [...(next.get(from) ?? []), `${to}.ts`]);
    const reaches = (start: string, file: string, seen: Set<string>): boolean =>
      (next.get(file) ?? []).some((to) => to === start || (!seen.has(to) && reaches(start, to, seen.add(to))));
    expect(files.filter((file) => reaches(file, file, new Set()))).toEqual([]);
  });

  test('use imports/ as types only', () => {
    const generated = imports.filter(({ to }) => to.startsWith('../imports/'));
    expect(generated.length).toBeGreaterThan(5);
    expect(generated.filter(({ typeOnly }) => !typeOnly).map(shown)).toEqual([]);
  });

  test('make API objects in render/ only', () => {
    const makers = files.filter((file) =>
      /\bnew (ApiObject|RenderedObject|kplus|k8s)\b|extends ApiObject\b/.test(textOf(file)),
    );
    expect(makers.map(roomOf)).toEqual(['render']);
  });
});
