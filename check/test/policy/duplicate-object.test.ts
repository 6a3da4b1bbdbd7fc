import { check } from '../../src/check';
import { sourceOf } from '../../src/inventory/source';
import { duplicateObject } from '../../src/policy/rules/references/duplicate-object';

const configMap = (value: string): string => `# of a set
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: ml }
data: { a: ${value} }
`;
const found = (files: { readonly [file: string]: string }) =>
  check(
    Object.entries(files).map(([file, text]) => sourceOf(file, text)),
    [duplicateObject],
  ).findings.map(({ severity, file, message }) => [severity, file, message]);

test('two files of a folder that say different things of an object are warned of', () => {
  const message = 'is there twice: also in deploy/a.yaml, line 2.';
  expect(found({ 'deploy/a.yaml': configMap('1'), 'deploy/b.yaml': configMap('2') })).toEqual([
    ['warning', 'deploy/b.yaml', message],
  ]);
});

test('two files of a folder that say the same are not', () => {
  expect(found({ 'deploy/a.yaml': configMap('1'), 'deploy/b.yaml': configMap('1') })).toEqual([]);
});

test('files of two folders are variants', () => {
  expect(found({ 'test/a.yaml': configMap('1'), 'prod/a.yaml': configMap('2') })).toEqual([]);
});
