import { check } from '../../src/check';
import type { CheckOptions } from '../../src/check';
import { sourceOf } from '../../src/inventory/source';
import { error, info, warning } from '../../src/policy/finding';
import type { AnyRule, FactRule } from '../../src/policy/rule';
import { Group, isReadingRule, Need, Scope } from '../../src/policy/rule';
import { RULES } from '../../src/policy/rules';
import { inOrder, runRules } from '../../src/policy/run-rules';

const about = { group: Group.PENDING, facts: [], why: 'Because.', fix: 'Do.' };
const READING = RULES.filter(isReadingRule);
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: main, namespace: ml }\n';

const rule = (name: string, check: Extract<FactRule, { scope: Scope.OBJECT }>['check'], more: Partial<FactRule> = {}) =>
  ({ ...about, name, scope: Scope.OBJECT, check, ...more }) as FactRule;
const remarking = (name: string, path: string, more?: Partial<FactRule>): FactRule =>
  rule(name, (resource) => [warning(resource.at(...path.split('.')), `dislikes ${path}.`)], more);

function run(texts: string | readonly string[], rules: readonly AnyRule[], options?: CheckOptions) {
  const sources = [texts].flat().map((text, index) => sourceOf(`${index}.yaml`, text));
  return check(sources, rules, options);
}

test('a rule is judged when what it needs is known, and else is said to be unknown', () => {
  const rules = [
    remarking('anything', 'kind'),
    remarking('of-pools', 'kind', { needs: [Need.POOLS] }),
    remarking('of-profile', 'kind', { needs: [Need.PROFILE, Need.POOLS] }),
    remarking('of-set', 'kind', { needs: [Need.COMPLETE] }),
  ];
  const named = (result: ReturnType<typeof run>) => result.findings.map((found) => found.rule);
  const unknown = run(POD, rules);
  expect(named(unknown)).toEqual(['anything']);
  expect(unknown.unknown).toEqual([
    { rule: 'of-pools', needs: ['pools'] },
    { rule: 'of-profile', needs: ['profile', 'pools'] },
  ]);
  const complete = run(POD, rules, { complete: true });
  expect(named(complete)).toEqual(['anything', 'of-set']);
  const node = 'apiVersion: v1\nkind: Node\nmetadata: { name: a }\nstatus: { capacity: { cpu: 8 } }\n';
  const pooled = run(node, rules);
  expect(named(pooled)).toEqual(['anything', 'of-pools']);
  expect(pooled.unknown).toEqual([{ rule: 'of-profile', needs: ['profile'] }]);
});

test('only what is judged counts as judged, and an object is remembered for each finding', () => {
  const source = sourceOf('a.yaml', POD);
  const { inventory } = check([source], []);
  const outcome = runRules(
    [remarking('one', 'kind'), remarking('two', 'kind', { needs: [Need.PROFILE] })],
    [source],
    inventory,
  );
  expect([...outcome.judged]).toEqual(['one']);
  expect([...outcome.resourceOf].map(([found, { id }]) => [found.rule, id.name])).toEqual([['one', 'main']]);
  const unread = sourceOf('b.yaml', '[1]');
  const reading = runRules(READING, [unread], check([unread], []).inventory);
  expect(reading.findings).toHaveLength(1);
  expect([...reading.resourceOf]).toEqual([]);
});

test('tells after each rule how many are done', () => {
  const steps: [number, number][] = [];
  run(POD, [remarking('one', 'kind'), remarking('two', 'kind')], { watch: (done, all) => steps.push([done, all]) });
  expect(steps).toEqual([
    [1, 2],
    [2, 2],
  ]);
});

test('advice of the remark goes before that of the rule', () => {
  const own = rule('own', ({ top }) => [warning(top, 'is bad.', 'Mend it.')]);
  expect(run(POD, [own, remarking('kind', 'kind')]).findings.map(({ fix }) => fix)).toEqual(['Mend it.', 'Do.']);
});

test('one defect of an object is one finding, two are two, and those of two objects are two', () => {
  const twice = rule('twice', (resource) => [
    warning(resource.at('kind'), 'is bad.'),
    warning(resource.at('metadata'), 'is bad.'),
    warning(resource.at('metadata'), 'is worse.'),
  ]);
  const found = run([POD, POD], [twice]).findings.map(({ file, path, message }) => [file, path, message]);
  expect(found).toEqual([
    ['0.yaml', 'kind', 'is bad.'],
    ['0.yaml', 'metadata', 'is worse.'],
    ['1.yaml', 'kind', 'is bad.'],
    ['1.yaml', 'metadata', 'is worse.'],
  ]);
});

test('other rules have nothing to say of a place that cannot be read, nor of what is in it', () => {
  const spoiling = remarking('spoiling', 'spec.a', { spoils: true });
  const second = remarking('spoiling-too', 'spec.z', { spoils: true });
  const others = ['spec', 'spec.a', 'spec.ab', 'spec.a.b', 'spec.a.0', 'spec.z', 'x.spec.a.b'].map((path) =>
    rule(path.replaceAll('.', '-'), (resource) => {
      const keys = path.split('.').map((key) => (/\d/.test(key) ? Number(key) : key));
      return [warning(resource.at(...keys), 'is bad.')];
    }),
  );
  const paths = (rules: readonly AnyRule[], text: string) => run(text, rules).findings.map((found) => found.path);
  const spec = `${POD}spec: { a: [{ b: 1 }], ab: 1, z: 1 }\n`;
  expect(paths([spoiling, second, ...others], spec)).toEqual(
    expect.arrayContaining(['spec.a', 'spec.z', 'spec', 'spec.ab', 'x.spec.a.b']),
  );
  expect(paths([spoiling, second, ...others], spec)).toHaveLength(5);
  const elsewhere = rule(
    'elsewhere',
    (resource) => (resource.id.name === 'main' ? [warning(resource.at('spec', 'a'), 'x.')] : []),
    {
      spoils: true,
    },
  );
  const other = `${spec}---\n${spec.replace('main', 'other')}`;
  const found = run(other, [elsewhere, remarking('seen', 'spec.a')]).findings;
  expect(found.map((each) => [each.rule, each.object?.name])).toEqual([
    ['elsewhere', 'main'],
    ['seen', 'other'],
  ]);
});

test('findings are in the order of files, documents, severities, lines', () => {
  const of = (name: string, path: string, remark: typeof error) =>
    rule(name, (resource) => [remark(resource.at(...path.split('.')), `${name}.`)]);
  const rules = [
    of('info-top', 'apiVersion', info),
    of('error-below', 'metadata', error),
    of('error-top', 'kind', error),
    of('warning-top', 'apiVersion', warning),
  ];
  const [first, second] = [`${POD}---\n${POD}`, POD].map((text, index) => sourceOf(`${9 - index}.yaml`, text));
  const { findings } = check([first, second], rules);
  const each = ['error-top', 'error-below', 'warning-top', 'info-top'];
  expect(findings.map((found) => `${found.file} ${found.document} ${found.rule}`)).toEqual(
    ['9.yaml 1', '9.yaml 2', '8.yaml 1'].flatMap((place) => each.map((name) => `${place} ${name}`)),
  );
});

test('what is said of files that were not given goes first', () => {
  const [given] = run(POD, [remarking('one', 'kind')]).findings;
  const elsewhere = { ...given, file: 'profile.yaml' };
  const sources = [sourceOf('0.yaml', POD)];
  expect(inOrder([given, elsewhere], sources)).toEqual([elsewhere, given]);
  expect(inOrder([elsewhere, given], sources)).toEqual([elsewhere, given]);
});

describe('texts that are no objects', () => {
  const read = (text: string, rules: readonly AnyRule[] = READING) =>
    run(text, rules).findings.map(({ rule: name, severity, message, line, path, object }) => ({
      name,
      severity,
      message,
      line,
      path,
      object: object?.kind,
    }));

  test.each([
    ['- 1', 'error', 'holds a list where an object is expected'],
    ['seven', 'error', 'holds a single value where an object is expected'],
    ['7', 'error', 'holds a single value where an object is expected'],
    ['[{ op: remove, path: /a }]', 'info', 'is a JSON patch, and no manifest'],
  ])('%s is said to be none', (text, severity, message) => {
    const name = 'not-an-object';
    expect(read(`${text}\n`)).toEqual([{ name, severity, message, line: 1, path: '', object: undefined }]);
  });

  test('a single value is said where it stands, below comments and other documents', () => {
    expect(read(`# a comment\n${POD}---\n# another\n\nseven\n`)).toMatchObject([{ name: 'not-an-object', line: 8 }]);
  });

  test('an empty document and one that is read well are not spoken of', () => {
    expect(read('# nothing\n')).toEqual([]);
    expect(read(POD)).toEqual([]);
  });

  test('a document that cannot be parsed, with its line', () => {
    expect(read(`${POD}---\na: b: c\n`)).toMatchObject([{ name: 'unparsable-document', severity: 'error', line: 5 }]);
  });

  test('an object without a kind, at the place that is missing', () => {
    expect(read('apiVersion: v1\nmetadata: { name: a }\n')).toMatchObject([
      { name: 'not-an-object', severity: 'error', message: 'has no kind', path: 'kind' },
    ]);
  });

  test('a file that cannot be read', () => {
    const problem = { trouble: 'unreadable-file', line: 1, message: 'cannot be read: gone' } as const;
    const { findings } = check([{ file: 'gone.yaml', documents: [], problem }], READING);
    expect(findings).toMatchObject([{ rule: 'unreadable-file', file: 'gone.yaml', line: 1, path: '' }]);
    expect(findings[0].object).toBeUndefined();
    expect(findings[0].construct).toBeUndefined();
  });

  test('are not spoken of when the rule is left out', () => {
    expect(read('- 1\n', [])).toEqual([]);
  });

  test('each is a finding of its own', () => {
    const twice = run('- 1\n---\n- 2\n', READING).findings;
    expect(twice.map(({ document }) => document)).toEqual([1, 2]);
  });
});

test('a finding has the facts of its rule, and those that it stands for here', () => {
  const workflow = `
apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: { name: train, namespace: ml }
spec:
  workflowSpec:
    templates:
    - name: train
      container: { image: 'example.com/a:v1', resources: { limits: { nvidia.com/gpu: 1 } } }
`;
  const factsOf = (name: string): unknown => run(workflow, RULES).findings.find((found) => found.rule === name)?.facts;
  expect(factsOf('gpu-run-deadline')).toEqual(['ML-COST-001', 'ML-SCHED-007', 'ML-ARGO-001']);
  expect(factsOf('overlapping-runs')).toEqual(['ML-LIFE-007', 'ML-ARGO-005']);
  expect(factsOf('gpu-toleration')).toEqual(['ML-SCHED-003']);
});
