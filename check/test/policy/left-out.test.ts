import { LEFT_OUT } from '../../src/policy/left-out';
import { RULES } from '../../src/policy/rules';

/** How many operational facts there are in each area; they are numbered from 1. */
const AREAS = { SCHED: 17, CKPT: 13, DIST: 20, MEM: 12, LIFE: 13, COST: 14, SERVE: 16, SEC: 12, ARGO: 6 };

const facts = Object.entries(AREAS).flatMap(([area, most]) =>
  Array.from({ length: most }, (_, index) => `ML-${area}-${String(index + 1).padStart(3, '0')}`),
);
const withRule = new Set(RULES.flatMap((rule) => rule.facts));
const leftOut = LEFT_OUT.map(({ fact }) => fact);

test('every operational fact has a rule, or a reason why it has none', () => {
  expect(facts.filter((fact) => !withRule.has(fact) && !leftOut.includes(fact))).toEqual([]);
});

test('no fact is left out that has a rule, and none is named that there is not', () => {
  expect(leftOut.filter((fact) => withRule.has(fact))).toEqual([]);
  expect([...withRule, ...leftOut].filter((fact) => !facts.includes(fact))).toEqual([]);
});

test('a reason is a sentence', () => {
  expect(LEFT_OUT.filter(({ says, because }) => !says.endsWith('.') || !because.endsWith('.'))).toEqual([]);
});
