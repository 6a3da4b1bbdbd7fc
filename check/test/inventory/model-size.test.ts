import { parametersIn, parametersOf, saidBy } from '../../src/inventory/model-size';
import { inventoryOf } from './inventory-of';

const containerOf = (more: object) =>
  inventoryOf(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { containers: [{ image: 'a', ...more }] },
    }),
  ).pods[0].containers[0];

test.each<[string, number | undefined]>([
  ['llama-3-70b', 70],
  ['Qwen2.5-0.5B-Instruct', 0.5],
  ['org/Llama-3.1-405B', 405],
  ['model_7b.gguf', 7],
  ['13b', 13],
  ['7bit', undefined],
  ['a7b', undefined],
  ['llama', undefined],
  [`${'x'.repeat(295)}-70b`, 70],
  [`${'x'.repeat(296)}-70b`, undefined],
])('%s has %j billions of parameters', (text, expected) => {
  expect(parametersIn(text)).toBe(expected);
});

test('a container says its words and its variables, with and without their names', () => {
  const env = [
    { name: 'MODEL', value: 'a' },
    { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
    { name: 'EMPTY', value: '' },
  ];
  expect(saidBy(containerOf({ command: ['run', 'b'], env }))).toEqual(['run', 'b', 'a', 'MODEL=a', '', 'EMPTY=']);
});

test('the first model that a container names counts', () => {
  const env = [{ name: 'MODEL', value: 'mistral-7b' }];
  expect(parametersOf(containerOf({ command: ['run', 'llama-70b'], env }))).toBe(70);
  expect(parametersOf(containerOf({ command: ['run'], env }))).toBe(7);
  expect(parametersOf(containerOf({ command: ['run'] }))).toBeUndefined();
});
