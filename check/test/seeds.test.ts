import { join } from 'node:path';
import { check } from '../src/check';
import { readSource } from '../src/inventory/source';
import type { Finding } from '../src/policy/finding';
import { Severity } from '../src/policy/finding';
import { RULES } from '../src/policy/rules';

// The manifests of the documents that the project started from, as somebody wrote them who had not met these rules.

const SEEDS = process.env.SEEDS_DIR ?? join(__dirname, '..', '..', '..', 'shared', 'seeds');

function findingsIn(file: string): readonly Finding[] {
  const source = readSource(join(SEEDS, file));
  expect(source.problem).toBeUndefined();
  return check([source], RULES).findings;
}

test.each([
  ['weekly-retrain.yaml', ['ML-COST-001', 'ML-LIFE-008', 'ML-CKPT-004', 'ML-MEM-012'], ['ML-LIFE-007', 'ML-LIFE-001']],
  [
    'distributed-bert.yaml',
    ['ML-DIST-001', 'ML-DIST-002', 'ML-SCHED-008', 'ML-COST-001', 'ML-LIFE-001', 'ML-MEM-001'],
    [],
  ],
  ['sentiment-server.yaml', ['ML-SERVE-001', 'ML-SERVE-002', 'ML-SERVE-005'], ['ML-SERVE-007', 'ML-COST-001']],
  ['training-job.yaml', ['ML-LIFE-001', 'ML-SCHED-003', 'ML-SCHED-004'], ['ML-COST-001', 'ML-CKPT-001', 'ML-CKPT-002']],
  ['resources.yaml', ['ML-SCHED-001'], []],
  ['ml-train.yaml', ['ML-SEC-001', 'ML-LIFE-001'], []],
])('%s raises what it should, and nothing that it should not', (file, expected, unexpected) => {
  const facts = new Set(findingsIn(file).flatMap((finding) => finding.facts));
  expect(expected.filter((fact) => !facts.has(fact))).toEqual([]);
  expect(unexpected.filter((fact) => facts.has(fact))).toEqual([]);
});

test.each([
  ['weekly-retrain.yaml', []],
  ['distributed-bert.yaml', []],
  ['sentiment-server.yaml', []],
  ['training-job.yaml', []],
  ['resources.yaml', ['limit-not-request']],
  ['ml-train.yaml', ['floating-image']],
])('%s has no errors but %j', (file, rules) => {
  const errors = findingsIn(file).filter(({ severity }) => severity === Severity.ERROR);
  expect(errors.map(({ rule }) => rule)).toEqual(rules);
});
