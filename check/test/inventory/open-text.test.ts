import { isOpen } from '../../src/inventory/open-text';
import { inventoryOf } from './inventory-of';

test.each<[unknown, boolean]>([
  ['{{workflow.uid}}', true],
  ['a-$(NAME)', true],
  ['a-${NAME}', true],
  ['$NAME', true],
  ['a$NAME', false],
  ['<name>', true],
  ['a<name>', false],
  ['plain', false],
  ['filled-in-later', false],
  [7, false],
])('%j stands for another text: %j', (value, expected) => {
  const [resource] = inventoryOf(JSON.stringify({ apiVersion: 'v1', kind: 'A', value })).resources;
  expect(isOpen(resource.at('value'))).toBe(expected);
});

test('what Argo puts into an embedded object stands for another text', () => {
  const manifest = 'apiVersion: v1\nkind: A\nmetadata: { name: "a-{{workflow.uid}}", namespace: ml }\n';
  const templates = [{ name: 'a', resource: { action: 'create', manifest } }];
  const workflow = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name: 'w' },
    spec: { templates },
  };
  const [, embedded] = inventoryOf(JSON.stringify(workflow)).resources;
  expect(isOpen(embedded.at('metadata', 'name'))).toBe(true);
  expect(isOpen(embedded.at('metadata', 'namespace'))).toBe(false);
  expect(isOpen(embedded.at('metadata', 'labels'))).toBe(false);
});
