import { nearest } from 'cdk8s-ml/floor/core/nearest';
import { createColors } from 'picocolors';
import { PACKS } from '../policy/packs';
import type { AnyRule } from '../policy/rule';
import { isReadingRule } from '../policy/rule';
import { RULES } from '../policy/rules';
import { UsageError } from '../policy/usage-error';
import { reasonAndSource } from '../report/wording';
import type { Surroundings } from './surroundings';
import { ExitCode, wantsColor } from './surroundings';

/** Writes every rule, by pack. */
export function rulesCommand({ stdout, env }: Surroundings): ExitCode {
  const { bold, dim } = createColors(wantsColor(stdout, env));
  const groups = PACKS.map((pack) => RULES.filter(({ group }) => group === pack)).filter(({ length }) => length > 0);
  const blocks = groups.map((rules) => [
    bold(rules[0].group),
    ...rules.map(({ name, why }) => `  ${name}\n    ${dim(reasonAndSource(why).reason)}`),
    '',
  ]);
  stdout.write(
    [...blocks.flat(), `${RULES.length} rules. cdk8s-ml-check explain RULE says more of one.`, ''].join('\n'),
  );
  return ExitCode.CLEAN;
}

/** Writes all that is said of a rule, or of those that stand for an operational fact. */
export function explainCommand(name: string, { stdout, env }: Surroundings): ExitCode {
  const found = RULES.filter((rule) => rule.name === name || rule.facts.includes(name.toUpperCase()));
  if (found.length === 0) {
    const near = nearest(
      name,
      RULES.map((rule) => rule.name),
    );
    const guess = near === undefined ? '' : ` Did you mean ${near}?`;
    throw new UsageError(`there is no rule '${name}'.${guess} cdk8s-ml-check rules lists them.`);
  }
  const { bold, dim } = createColors(wantsColor(stdout, env));
  stdout.write(found.map((rule) => explanation(rule, bold, dim)).join('\n'));
  return ExitCode.CLEAN;
}

type Paint = (text: string) => string;

function explanation(rule: AnyRule, bold: Paint, dim: Paint): string {
  const { name, group, packs = [], facts, why, fix, props } = rule;
  const { reason, sources } = reasonAndSource(why);
  const needs = isReadingRule(rule) ? [] : (rule.needs ?? []);
  const parts: [label: string, text: string][] = [
    ['why', reason],
    ...sources.map((source): [string, string] => ['', source]),
    ['fix', fix],
    ...(props === undefined ? [] : [['props', props] as [string, string]]),
    ['packs', [...new Set([group, ...packs])].join(', ')],
    ...(facts.length > 0 ? [['facts', facts.join(', ')] as [string, string]] : []),
    ...(needs.length > 0 ? [['needs', needs.join(', ')] as [string, string]] : []),
    ['waive', `metadata: { annotations: { cdk8s-ml.dev/waive-${name}: 'why it is right here' } }`],
  ];
  return [bold(name), ...parts.map(([label, text]) => `  ${dim(label.padEnd(7))}${text}`), ''].join('\n');
}
