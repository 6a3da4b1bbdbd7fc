import { counts } from '../policy/finding';
import type { Report } from './report';
import { printable } from './printable';
import { fileOf, reservations, statementOf, subjectOf, totals } from './wording';

/** For pull requests and summaries of CI runs: a table in Markdown. */
export function markdownReport(report: Report): string {
  const rows = report.findings.filter(counts).map((finding) => {
    const { severity, file, line, path, rule, fix } = finding;
    const where = `${fileOf(file)}:${line}${path === '' ? '' : ` ${path}`}`;
    return [severity, subjectOf(finding), `${statementOf(finding)} (${rule})`, fix, where].map(cell);
  });
  const table = [['', 'object', 'finding', 'fix', 'where'], ['---', '---', '---', '---', '---'], ...rows];
  return [
    '## cdk8s-ml-check',
    '',
    ...(rows.length > 0 ? [...table.map((cells) => `| ${cells.join(' | ')} |`), ''] : []),
    ...reservations(report).flatMap((line) => [cell(line), '']),
    `**${cell(totals(report))}**`,
    '',
  ].join('\n');
}

/** A text as Markdown shows it, in one line. */
function cell(text: string): string {
  return printable(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>|~#@]/g, (character) => `&#${character.charCodeAt(0)};`);
}
