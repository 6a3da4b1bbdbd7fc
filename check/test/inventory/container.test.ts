import type { Container } from '../../src/inventory/container';
import { hasOption, normalPath, optionOf, wordsOf } from '../../src/inventory/container';
import { inventoryOf } from './inventory-of';

function containerWith(text: string): Container {
  const manifest = `
apiVersion: v1
kind: Pod
metadata: { name: one }
spec:
  volumes: [{ name: data, emptyDir: {} }, { name: models, emptyDir: {} }]
  containers:
  - ${text}
`;
  return inventoryOf(manifest).pods[0].containers[0];
}

test.each([
  ['/data', '/data'],
  ['/data/', '/data'],
  ['/data//a/./b', '/data/a/b'],
  ['/data/../models', '/models'],
  ['/../models', '/models'],
  ['data', '/data'],
  ['/', ''],
  ['', ''],
])('the path %s is %s', (path, expected) => {
  expect(normalPath(path)).toBe(expected);
});

test.each<[string, string[]]>([
  ['', []],
  ['train', ['train']],
  [' ', []],
  ['python  train.py\n--lr 1', ['python', 'train.py', '--lr', '1']],
  ['python train.py "two words" \'and three words\'', ['python', 'train.py', 'two words', 'and three words']],
  ['python "two\nlines"', ['python', 'two\nlines']],
  ['run --name="two words" --own=\'a b\'', ['run', '--name="two words"', "--own='a b'"]],
  ['cd /a&&python b; sync | tee c', ['cd', '/a', '&&', 'python', 'b', ';', 'sync', '|', 'tee', 'c']],
  ['# torchrun a\n  # torchrun b\npython c # d', ['python', 'c', '#', 'd']],
  ['python a \\\n  --b', ['python', 'a', '--b']],
])('the words of a command line: %s', (line, words) => {
  expect(wordsOf(line)).toEqual(words);
});

test('the words of a script are those of its first 64 KiB', () => {
  expect(wordsOf(`python ${'a'.repeat(70_000)} --late`)).toEqual(['python', 'a'.repeat(65_536 - 'python '.length)]);
});

test.each<[string, string[], string[], string | undefined]>([
  ['in the next word', ['serve', '--port', '80'], ['port'], '80'],
  ['after an equals sign', ['--port=80'], ['port'], '80'],
  ['with an equals sign in it', ['--set=a=b'], ['set'], 'a=b'],
  ['in quotes', ['--name="two words"'], ['name'], 'two words'],
  ['in other quotes', ["--name='two words'"], ['name'], 'two words'],
  ['in one quote only', ['--name="two'], ['name'], '"two'],
  ['of an option with one hyphen', ['-tp', '4'], ['tensor-parallel-size', 'tp'], '4'],
  ['of an option with underscores', ['--max_model_len', '8'], ['max-model-len'], '8'],
  ['of an option that is asked for with underscores', ['--max-model-len=8'], ['max_model_len'], '8'],
  ['below zero', ['--seed', '-1'], ['seed'], '-1'],
  ['of a switch', ['--bf16', '--port', '80'], ['bf16'], undefined],
  ['of a switch before a short option', ['--bf16', '-p'], ['bf16'], undefined],
  ['of the last word', ['--bf16'], ['bf16'], undefined],
  ['of a word that is no option', ['port', '80'], ['port'], undefined],
  ['of an option that is not there', ['--ports', '80', '--sport=1'], ['port'], undefined],
  ['that is given twice', ['--port', '80', '--port', '81'], ['port'], '80'],
])('the value of an option %s', (_, words, names, value) => {
  expect(optionOf(words, ...names)).toBe(value);
});

test.each<[string[], boolean]>([
  [['--fp8'], true],
  [['-fp8'], true],
  [['--fp8=true'], true],
  [['serve', '--a', '--fp8'], true],
  [['fp8'], false],
  [['--fp8e5'], false],
  [['--format=fp8'], false],
  [[], false],
])('%s has the option', (words, expected) => {
  expect(hasOption(words, 'FP-8', 'fp8')).toBe(expected);
});

test('words are those of the command, of the arguments and of the source of a script', () => {
  const { words } = containerWith('{ command: [sh, -c, "python a.py"], args: [--b], source: "import c\\nrun()" }');
  expect(words).toEqual(['sh', '-c', 'python', 'a.py', '--b', 'import', 'c', 'run()']);
  expect(containerWith('{ name: main }').words).toEqual([]);
});

test('of a variable that is given twice the last one counts', () => {
  const container = containerWith(
    '{ env: [{ name: A, value: "1" }, { name: B, value: "2" }, { name: A, value: "3" }] }',
  );
  expect(container.variable('A')?.value).toBe('3');
  expect(container.variable('A')?.field.place).toBe('spec.containers[0].env[2]');
  expect(container.variable('C')).toBeUndefined();
});

test('a variable without a name or with a number is no text', () => {
  const { env } = containerWith('{ env: [{ value: "1" }, { name: A, value: 1 }, { name: B, valueFrom: {} }] }');
  expect(env.map(({ name, value }) => [name, value])).toEqual([
    ['', '1'],
    ['A', undefined],
    ['B', undefined],
  ]);
});

test('a mount has the volume of its name', () => {
  const { mounts } = containerWith(
    '{ volumeMounts: [{ name: models, mountPath: /m/, readOnly: true }, { name: gone, mountPath: /g }, { name: data }] }',
  );
  expect(mounts.map(({ path, volumeName, volume, readOnly }) => [path, volumeName, volume?.name, readOnly])).toEqual([
    ['/m', 'models', 'models', true],
    ['/g', 'gone', undefined, false],
    ['', 'data', 'data', false],
  ]);
});

test.each([
  ['/data', 'outer'],
  ['/data/', 'outer'],
  ['/data/run/a', 'inner'],
  ['/data/runs', 'outer'],
  ['/dat', undefined],
  ['/database', undefined],
])('%s is in the deepest mount above it', (path, expected) => {
  const container = containerWith(
    '{ volumeMounts: [{ name: outer, mountPath: /data }, { name: inner, mountPath: /data/run }, { name: o, mountPath: /o }] }',
  );
  expect(container.mountOf(path)?.volumeName).toBe(expected);
});

test.each<[string, bigint | undefined, bigint | undefined]>([
  ['{ requests: { cpu: 1 }, limits: { cpu: 2 } }', 1n, 2n],
  ['{ limits: { cpu: 2 } }', 2n, 2n],
  ['{ requests: { cpu: 1 } }', 1n, undefined],
  ['{ requests: { memory: 1 } }', undefined, undefined],
])('%s asks for CPU', (resources, request, limit) => {
  const nano = (amount: bigint | undefined) => amount && amount * 1_000_000_000n;
  expect(containerWith(`{ resources: ${resources} }`).amounts('cpu')).toEqual({
    request: nano(request),
    limit: nano(limit),
  });
});

test('comments of a script are no words, also behind empty lines', () => {
  expect(wordsOf('a\n\n  # b c\n#d\ne #f')).toEqual(['a', 'e', '#f']);
});

test('a script of nothing but lines is read in no time', () => {
  expect(wordsOf(`${'\n'.repeat(60_000)}x`)).toEqual(['x']);
});
