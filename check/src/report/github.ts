import { STANDARD_INPUT } from '../inventory/source';
import { counts, Severity } from '../policy/finding';
import type { Report } from './report';
import { printable } from './printable';
import { reservations, sentenceOf, totals } from './wording';

const COMMANDS: { readonly [severity in Severity]: string } = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.INFO]: 'notice',
};

/**
 * For GitHub Actions: workflow commands, which become annotations.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function githubReport(report: Report): string {
  const lines = report.findings.filter(counts).map((finding) => {
    const { severity, rule, file, line, fix } = finding;
    const place = file === STANDARD_INPUT ? '' : `file=${property(file.replace(/^\.\//, ''))},line=${line},`;
    return `::${COMMANDS[severity]} ${place}title=${property(rule)}::${data(`${sentenceOf(finding)} ${fix}`)}`;
  });
  const last = [...reservations(report), totals(report)].map(plain);
  return [...lines, ...last, ''].join('\n');
}

function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** One line, which cannot be taken for a command since it starts with a word of ours. */
function plain(text: string): string {
  return printable(text).replace(/\s+/g, ' ');
}
