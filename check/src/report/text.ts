import { createColors } from 'picocolors';
import type { Finding } from '../policy/finding';
import { counts } from '../policy/finding';
import type { RuleDescription } from '../policy/rule';
import type { Report } from './report';
import { descriptionsOf } from './report';
import { printable } from './printable';
import { fileOf, reasonAndSource, reservations, statementOf, subjectOf, totals } from './wording';

/** How text is written. */
export interface TextOptions {
  readonly color?: boolean;
  /** Characters of a line; lines are not broken unless it is given. */
  readonly width?: number;
}

type Colors = ReturnType<typeof createColors>;

/** For people: the findings of each object, what was not judged, and numbers. */
export function textReport(report: Report, { color = false, width = Infinity }: TextOptions = {}): string {
  const colors = createColors(color);
  const rules = descriptionsOf(report);
  const explained = new Set<string>();
  const blocks = byObject(report.findings.filter(counts)).map((findings) => [
    heading(findings[0], colors),
    ...findings.map((finding) => {
      const isFirst = !explained.has(finding.rule);
      explained.add(finding.rule);
      return entry(
        finding,
        isFirst ? rules.get(finding.rule) : undefined,
        rules.get(finding.rule)?.props,
        colors,
        width,
      );
    }),
  ]);
  const last = [...reservations(report).map((line) => colors.dim(printable(line))), colors.bold(totals(report))];
  return [...blocks.flatMap((block) => [block.join('\n'), '']), ...last, ''].join('\n');
}

/** Findings of one object together, where the first of them stands. */
function byObject(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = [finding.file, finding.document, subjectOf(finding)].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}

function heading(finding: Finding, { bold, dim }: Colors): string {
  const { object, file, construct } = finding;
  const aside = [
    ...(object?.kind || object?.name ? [fileOf(file)] : []),
    ...(construct === undefined ? [] : [`construct ${construct}`]),
  ];
  return [bold(printable(subjectOf(finding))), ...aside.map((each) => dim(printable(each)))].join('  ');
}

/** Columns before what is said. */
const INDENT = 11;

function entry(
  finding: Finding,
  description: RuleDescription | undefined,
  props: string | undefined,
  colors: Colors,
  width: number,
): string {
  const { severity, rule, file, line, path, fix, construct } = finding;
  const paint = { error: colors.red, warning: colors.yellow, info: colors.cyan }[severity];
  const why = description && reasonAndSource(description.why);
  const room = Math.max(40, width - INDENT);
  const part = (label: string, text: string, paintLabel: (text: string) => string = colors.dim): string => {
    const [first, ...rest] = wrapped(printable(text), room);
    return [paintLabel(`  ${label.padEnd(INDENT - 2)}`) + first, ...rest.map((each) => ' '.repeat(INDENT) + each)].join(
      '\n',
    );
  };
  return [
    part(severity, statementOf(finding), paint),
    part('', `${fileOf(file)}:${line}${path === '' ? '' : ` ${path}`} (${rule})`),
    ...(why ? [part('why', [why.reason, ...why.sources].join('\n'))] : []),
    part('fix', fix),
    ...(construct !== undefined && props !== undefined ? [part('props', props)] : []),
  ].join('\n');
}

/** Lines of at most so many characters, broken between words; longer words stay whole. */
function wrapped(text: string, room: number): string[] {
  return text.split('\n').flatMap((line) => {
    if (line.length <= room) return [line];
    const lines = [''];
    for (const word of line.split(' ')) {
      const current = lines[lines.length - 1];
      if (current !== '' && current.length + 1 + word.length > room) lines.push(word);
      else lines[lines.length - 1] = current === '' ? word : `${current} ${word}`;
    }
    return lines;
  });
}
