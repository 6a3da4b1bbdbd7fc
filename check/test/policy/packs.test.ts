import { PACKS, selectRules } from '../../src/policy/packs';
import { Group } from '../../src/policy/rule';
import { RULES } from '../../src/policy/rules';

const names = (...selection: string[]): string[] => selectRules(selection, RULES).map(({ name }) => name);
const tellingOfInput = names('unparsable-document');

test('every rule runs when nothing is chosen, and in the pack all', () => {
  expect(names()).toHaveLength(RULES.length);
  expect(names('all')).toHaveLength(RULES.length);
});

test('a pack is the rules of its group, and those that tell what could not be read', () => {
  const chosen = selectRules(['runaway'], RULES);
  expect(chosen.filter(({ name }) => !tellingOfInput.includes(name)).map(({ group }) => group)).toEqual(
    expect.arrayContaining([Group.RUNAWAY]),
  );
  expect(chosen.map(({ name }) => name)).toEqual(expect.arrayContaining([...tellingOfInput, 'gpu-run-deadline']));
  expect(chosen.map(({ name }) => name)).not.toContain('unknown-field');
});

test('a rule is in every pack that it names', () => {
  const [rule] = RULES.filter(({ name }) => name === 'gpu-run-deadline');
  const both = selectRules(['oom'], [{ ...rule, packs: [Group.OOM] }]);
  expect(both).toHaveLength(1);
  expect(selectRules(['serving'], [{ ...rule, packs: [Group.OOM] }])).toEqual([]);
});

test('names add and take away in turn; the first that takes away takes from all', () => {
  expect(names('runaway,-gpu-run-deadline')).not.toContain('gpu-run-deadline');
  expect(names('-runaway', 'gpu-run-deadline')).toContain('gpu-run-deadline');
  expect(names('-gpu-run-deadline')).toHaveLength(RULES.length - 1);
});

test('what could not be read is told whatever is taken away but by its own name', () => {
  expect(names('-reading')).toEqual(expect.arrayContaining(tellingOfInput));
  expect(names('-unparsable-document')).not.toContain('unparsable-document');
});

test('a name that is none is refused with the nearest', () => {
  expect(() => names('gpu-run-deadlin')).toThrow(/no rule or pack 'gpu-run-deadlin' \(did you mean 'gpu-run-deadline'/);
  expect(PACKS).toEqual(expect.arrayContaining(['pending', 'lost-work', 'all']));
});
