import { LabelSelector } from '../../src/inventory/label-selector';
import { SelectorIndex } from '../../src/inventory/selector-index';
import { inventoryOf } from './inventory-of';

const budget = (name: string, selector: object): string =>
  JSON.stringify({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name }, spec: { selector } });

describe('SelectorIndex', () => {
  const selecting = (known: { [key: string]: string }): string[] => {
    const { resources } = inventoryOf(
      budget('app', { matchLabels: { app: 'x' } }),
      budget('both', { matchLabels: { app: 'x', tier: 'gpu' } }),
      budget('other', { matchLabels: { app: 'y' } }),
      budget('all', {}),
      budget('tier', { matchExpressions: [{ key: 'tier', operator: 'In', values: ['gpu'] }] }),
      budget('job', { matchLabels: { app: 'x', 'job-name': 'a' } }),
      budget('number', { matchLabels: { app: 7 } }),
    );
    const index = new SelectorIndex(resources, (each) => LabelSelector.of(each.at('spec', 'selector')));
    return index
      .selecting({ known, isOpen: (key) => key === 'job-name' })
      .map(({ name }) => name)
      .sort();
  };

  test.each<[{ [key: string]: string }, string[]]>([
    [{ app: 'x' }, ['all', 'app']],
    [{ app: 'x', tier: 'gpu' }, ['all', 'app', 'both', 'tier']],
    [{ tier: 'gpu', app: 'y' }, ['all', 'other', 'tier']],
    [{ app: 'x', 'job-name': 'a' }, ['all', 'app', 'job']],
    [{ app: '' }, ['all']],
    [{ app: '7' }, ['all']],
    [{}, ['all']],
  ])('finds what surely selects pods with %j: %j', (known, expected) => {
    expect(selecting(known)).toEqual(expected);
  });
});
