import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

// Which room may import from which: its own and those of a lower rank, by file path. docs/architecture.md has the picture.
const RANKS: { readonly [room: string]: number } = {
  core: 0,
  catalog: 1,
  kinds: 2,
  cluster: 3,
  render: 4,
  compute: 5,
  storage: 5,
  tenancy: 5,
  training: 6,
  serving: 6,
  pipeline: 7,
  monitoring: 8,
};
const SRC = join(__dirname, '..', 'src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && name !== 'index.ts',
);

interface Import {
  readonly typeOnly: boolean;
  /** Path below src, or the package or folder outside of it. */
  readonly target: string;
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(SRC, file), 'utf8');
  return [...source.matchAll(/^(?:import|export) (type )?[^;]*? from '([^']+)';/gm)].map(([, type, target]) => ({
    typeOnly: type !== undefined,
    target: target.startsWith('.') ? normalize(join(dirname(file), target)) : target,
  }));
}

const room = (path: string): string => path.split('/')[0];

/** Sentences about what a file imports and must not. */
function trespasses(file: string, { typeOnly, target }: Import): string[] {
  if (target.startsWith('../imports/')) return typeOnly ? [] : [`${file} imports ${target} as more than types`];
  if (!(room(target) in RANKS)) return target.startsWith('..') ? [`${file} imports ${target}, outside of src`] : [];
  if (target.endsWith('/index')) return [`${file} imports ${target}`];
  const lower = RANKS[room(target)] < RANKS[room(file)];
  return lower || room(target) === room(file) ? [] : [`${file} imports ${target}, which is not below it`];
}

describe('the rooms', () => {
  test('all have a rank', () => {
    expect(files.map(room).filter((name) => !(name in RANKS))).toEqual([]);
  });

  test('import only from below', () => {
    const imports = files.flatMap((file) => importsOf(file).map((one): [string, Import] => [file, one]));
    expect(imports.length).toBeGreaterThan(300);
    expect(imports.flatMap(([file, one]) => trespasses(file, one))).toEqual([]);
  });

  test('leave API objects to render', () => {
    const makers = files.filter((file) =>
      /new \w*ApiObject\(|extends ApiObject\b/.test(readFileSync(join(SRC, file), 'utf8')),
    );
    expect(makers).toEqual(['render/api-object.ts']);
  });
});

describe('the check of the rooms', () => {
  test.each([
    ['core/text.ts', { typeOnly: false, target: 'kinds/labels' }],
    ['compute/placement.ts', { typeOnly: true, target: 'storage/claim' }],
    ['kinds/gpu.ts', { typeOnly: false, target: '../imports/k8s' }],
    ['training/run-bounds.ts', { typeOnly: false, target: 'core/index' }],
  ])('finds %s importing %j', (file, one) => {
    expect(trespasses(file, one)).toHaveLength(1);
  });
});
