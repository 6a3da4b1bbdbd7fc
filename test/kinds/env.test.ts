import * as kplus from 'cdk8s-plus-28';
import { Env } from 'cdk8s-ml';
import type { Problem } from '../../src/core/diagnostics';
import { envValue } from '../../src/kinds/env-value';
import { complaint } from '../complaints';

function found(value: unknown): string[] {
  const problems: Problem[] = [];
  envValue(value, 'env.X', problems);
  return problems.map(({ rule, message }) => `${rule.id}: ${message}`);
}

describe('Env', () => {
  test('keeps text as it is', () => {
    for (const value of ['', ' a ', 'line\nbreak', 'tab\t', '$(RUN)/x', '1e3', 'no'])
      expect(Env.value(value).value).toBe(value);
  });

  test('doubles every dollar of literal text, so that nothing is replaced', () => {
    expect(Env.literal('$(RUN) costs $5 and $$').value).toBe('$$(RUN) costs $$5 and $$$$');
  });

  test('refers to keys of Secrets and ConfigMaps, and to fields of the pod', () => {
    expect(Env.secret('hf', 'token').valueFrom).toMatchObject({ secretKeyRef: { name: 'hf', key: 'token' } });
    expect(Env.configMap('settings', 'lr').valueFrom).toMatchObject({
      configMapKeyRef: { name: 'settings', key: 'lr' },
    });
    expect(Env.field("metadata.labels['team']").valueFrom).toEqual({
      fieldRef: { fieldPath: "metadata.labels['team']" },
    });
  });

  test.each([1, true, null, undefined])('COR001 fails for %p as text', (value) => {
    expect(complaint(() => Env.value(value as unknown as string))).toMatch(/^COR001: value is .*, not text/);
  });

  test.each([
    [() => Env.secret('HF', 'token'), 'must consist of lower-case'],
    [() => Env.secret('hf', ''), 'key is empty'],
    [() => Env.secret('hf', 'a b'), 'must consist of letters'],
    [() => Env.configMap('hf', '..'), "must not be '.' or start with '..'"],
    [() => Env.configMap('', 'a'), 'name is empty'],
    [() => Env.field('status.phase'), 'is no field of a pod that a variable can hold'],
    [() => Env.field('metadata.labels'), 'is no field of a pod that a variable can hold'],
    [() => Env.field("metadata.labels[' ']"), "names ' ' among the labels, which must consist of letters"],
    [() => Env.field("metadata.annotations['a/b/c']"), "among the annotations, which must have at most one '/'"],
  ])('COR004 fails for a reference that the API server refuses', (make, why) => {
    const message = complaint(make);
    expect(message).toMatch(/^COR004/);
    expect(message).toContain(why);
  });
});

describe('envValue', () => {
  test('takes ours, those of cdk8s-plus, and plain objects of the same form', () => {
    const values = [
      Env.value(''),
      Env.secret('hf', 'token'),
      Env.field('status.podIP'),
      kplus.EnvValue.fromValue('a'),
      kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP),
      kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.MEMORY_LIMIT, { divisor: '1Mi' }),
      { value: 'a' },
      { valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } },
    ];
    expect(values.flatMap(found)).toEqual([]);
  });

  test.each([5, true, {}])('COR001 fails for %p as text of a variable', (value) => {
    expect(found({ value })[0]).toMatch(/^COR001: env\.X is .*, not text\./);
  });

  test.each(['text', 5, null, undefined])('COR001 fails for %p in place of a value', (value) => {
    expect(found(value)[0]).toMatch(/^COR001: env\.X is .*, not an EnvValue\./);
  });

  test.each([
    ['nothing at all', {}, 'has neither a text nor a source'],
    ['an instance of another class', new Date(0), 'has neither a text nor a source'],
    ['both', { value: 'a', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }, 'has both a text and a source'],
    [
      'a key of a Secret that no Secret has',
      { valueFrom: { secretKeyRef: { name: 'hf', key: 'a b' } } },
      "has a secretKeyRef whose key 'a b' must consist of letters",
    ],
    [
      'a field that the pod does not give',
      { valueFrom: { fieldRef: { fieldPath: "metadata.labels['a b']" } } },
      "has a fieldRef whose fieldPath 'metadata.labels['a b']' names 'a b' among the labels",
    ],
    [
      'a resource that no variable holds',
      { valueFrom: { resourceFieldRef: { resource: 'limits.nvidia.com/gpu' } } },
      "has a resourceFieldRef whose resource 'limits.nvidia.com/gpu' is no resource of a container",
    ],
    ['a source of no kind', { valueFrom: {} }, 'has a source that is none of'],
    ['a source of an unknown kind', { valueFrom: { toString: {} } }, 'has a source that is none of'],
    [
      'two sources',
      { valueFrom: { secretKeyRef: { name: 'a', key: 'b' }, fieldRef: { fieldPath: 'status.podIP' } } },
      'has a source that is none of',
    ],
    ['a Secret without key', { valueFrom: { secretKeyRef: { name: 'a' } } }, 'has a secretKeyRef without key'],
    ['a Secret without anything', { valueFrom: { secretKeyRef: null } }, 'has a secretKeyRef without name and key'],
  ])('KUB008 fails for a value with %s', (_, value, why) => {
    expect(found(value)).toEqual([expect.stringContaining(`KUB008: env.X ${why}`)]);
  });
});
