import { didYouMean } from 'cdk8s-ml/floor/core/nearest';
import type { AnyRule } from './rule';
import { Group, isReadingRule } from './rule';
import { UsageError } from './usage-error';

/** The name of the pack that has every rule. */
export const ALL = 'all';

/** Names of packs. */
export const PACKS: readonly string[] = [...Object.values(Group), ALL];

/** The rules of a pack, or the one of this name; undefined when there is neither. */
function named(name: string, rules: readonly AnyRule[]): readonly AnyRule[] | undefined {
  if (name === ALL) return rules;
  if (PACKS.includes(name))
    return rules.filter(({ group, packs }) => [group, ...(packs ?? [])].includes(name as Group));
  const rule = rules.find((each) => each.name === name);
  return rule && [rule];
}

/**
 * Rules by the names of packs and rules, one after the other; a hyphen in front takes away. What starts with taking away
 * takes away from all. Rules that tell what could not be read stay unless they are taken away by their own name, or a
 * check of half the input would look like one of all.
 */
export function selectRules(selection: readonly string[], rules: readonly AnyRule[]): readonly AnyRule[] {
  const names = selection.flatMap((each) => each.split(',')).flatMap((each) => each.trim() || []);
  const chosen = new Set<AnyRule>(names.length === 0 || names[0].startsWith('-') ? rules : rules.filter(tellsOfInput));
  for (const name of names) {
    const plain = name.replace(/^-/, '');
    const found = named(plain, rules);
    if (!found) {
      const known = [...PACKS, ...rules.map((rule) => rule.name)];
      throw new UsageError(
        `there is no rule or pack '${plain}'${didYouMean(plain, known)}. cdk8s-ml-check rules lists them.`,
      );
    }
    for (const rule of found) {
      if (name === plain) chosen.add(rule);
      else if (found.length === 1 || !tellsOfInput(rule)) chosen.delete(rule);
    }
  }
  return rules.filter((rule) => chosen.has(rule));
}

function tellsOfInput(rule: AnyRule): boolean {
  return isReadingRule(rule) && !rule.trouble.includes('waiver');
}
