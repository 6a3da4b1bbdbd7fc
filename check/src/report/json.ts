import type { Finding } from '../policy/finding';
import type { Report } from './report';
import { tallyOf } from './report';

/** Version of the form; its schema is schema/report.v1.schema.json. Within a version only properties are added. */
export const REPORT_VERSION = 1;

/** For programs: one JSON object. */
export function jsonReport(report: Report): string {
  const { checker, findings, unknown, unknownKinds, changes, files, objects, rules } = report;
  const { error, warning, info, waived, known } = tallyOf(findings);
  const summary = {
    checker,
    files: files.length,
    objects,
    rules: rules.length,
    errors: error,
    warnings: warning,
    infos: info,
    waived,
    known,
    notJudged: unknown,
    unknownKinds,
    changedRules: changes,
  };
  return `${JSON.stringify({ version: REPORT_VERSION, summary, findings: findings.map(inOrder) }, undefined, 2)}\n`;
}

/** With the properties in the order of the schema. */
function inOrder(finding: Finding): object {
  const { rule, group, severity, facts, message, fix, object, path, file, document, line, construct } = finding;
  const { waived, known } = finding;
  return { rule, group, severity, facts, message, fix, object, path, file, document, line, construct, waived, known };
}
