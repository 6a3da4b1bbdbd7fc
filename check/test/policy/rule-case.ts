import { load } from 'js-yaml';
import { dump } from 'js-yaml';
import { check } from '../../src/check';
import type { InventoryOptions } from '../../src/inventory/inventory';
import type { Json } from '../../src/inventory/json';
import { sourceOf } from '../../src/inventory/source';
import { splitDocuments } from '../../src/inventory/split-documents';
import type { Finding } from '../../src/policy/finding';
import { Severity } from '../../src/policy/finding';
import type { AnyRule, FactRule } from '../../src/policy/rule';
import { RULES } from '../../src/policy/rules';

/** A change of the field that decides, after which the rule has something to say. */
export interface Flip {
  /** New values by place, such as `spec.backoffLimit`; keys with dots in brackets: `metadata.labels['a.b/c']`. Undefined removes. */
  readonly change: { readonly [place: string]: Json | undefined };
  /** Which object is changed, from 0. */
  readonly object?: number;
  /** Place of the finding. */
  readonly at: string;
  /** What its message says. */
  readonly says: RegExp;
  /** What its advice says, where that is not the rule's own. */
  readonly fix?: RegExp;
  readonly severity: Severity;
  /** Which of the rule's facts hold, where not all of them do. */
  readonly facts?: readonly string[];
}

/** What a rule says of the least manifests. */
export interface RuleCase {
  readonly rule: FactRule;
  /** A manifest without the defect, as small as it can be. */
  readonly good: string;
  /** Changes of the deciding field, each of which alone brings one finding. */
  readonly flips: readonly Flip[];
  /** Manifests that look alike and about which the rule has nothing to say, by the reason. */
  readonly silent?: { readonly [because: string]: string };
  /** What is said beside the manifests. */
  readonly options?: InventoryOptions;
  /** What a real cluster does with each flipped manifest, and not with the good one; shown in the cluster tests. */
  readonly cluster?: 'rejects' | 'leaves pending';
}

/** The manifest with a change. */
export function flipped(manifest: string, { change, object = 0 }: Flip): string {
  const objects = splitDocuments(manifest).map(({ text }) => load(text) as Json);
  for (const [place, value] of Object.entries(change)) set(objects[object], keysOf(place), value);
  return objects.map((each) => dump(each, { noRefs: true })).join('---\n');
}

function keysOf(place: string): (string | number)[] {
  return [...place.matchAll(/\['([^']*)'\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, plain]) =>
    index === undefined ? (quoted ?? plain) : Number(index),
  );
}

function set(within: Json, [key, ...rest]: (string | number)[], value: Json | undefined): void {
  const holder = within as { [key: string | number]: Json };
  if (rest.length > 0) {
    holder[key] ??= typeof rest[0] === 'number' ? [] : {};
    set(holder[key], rest, value);
  } else if (value !== undefined) holder[key] = value;
  else if (Array.isArray(within)) within.splice(Number(key), 1);
  else delete holder[key];
}

/** What rules say of a manifest. */
export function findings(manifest: string, rules: readonly AnyRule[], options?: InventoryOptions): readonly Finding[] {
  return check([sourceOf('manifest.yaml', manifest)], rules, options).findings;
}

/** Tests that no rule finds an error in what is good for one of them. */
export function testGoodManifests(cases: readonly RuleCase[]): void {
  test.each(cases.map((each) => [each.rule.name, each] as const))(
    'no rule finds an error in what is good for %s',
    (_, { good, options }) => {
      const found = findings(good, RULES, options);
      expect(found.filter(({ severity }) => severity === Severity.ERROR)).toEqual([]);
    },
  );
}

/** Tests of rules, each for itself. */
export function testRules(cases: readonly RuleCase[]): void {
  describe.each(cases.map((each) => [each.rule.name, each] as const))(
    '%s',
    (_, { rule, good, flips, silent, options }) => {
      test('has nothing to say of the good manifest', () => {
        expect(findings(good, [rule], options)).toEqual([]);
      });

      if (flips.length > 0) {
        test.each(flips.map((flip) => [JSON.stringify(flip.change), flip] as const))('finds %s', (_, flip) => {
          const { at, says, fix = /./, severity, facts = rule.facts } = flip;
          const found = findings(flipped(good, flip), [rule], options);
          expect(found).toEqual([expect.objectContaining({ rule: rule.name, path: at, severity, facts })]);
          expect(found[0].message).toMatch(says);
          expect(found[0].fix).toMatch(fix);
        });
      }

      const quiet = Object.entries(silent ?? {});
      if (quiet.length > 0) {
        test.each(quiet)('is silent: %s', (_, manifest) => {
          expect(findings(manifest, [rule], options)).toEqual([]);
        });
      }
    },
  );
}
