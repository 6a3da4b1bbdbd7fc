import { githubReport } from '../report/github';
import { jsonReport } from '../report/json';
import { junitReport } from '../report/junit';
import { markdownReport } from '../report/markdown';
import type { Report } from '../report/report';
import { sarifReport } from '../report/sarif';
import type { TextOptions } from '../report/text';
import { textReport } from '../report/text';
import type { Format } from './options';

const WRITERS: { readonly [format in Format]: (report: Report, options: TextOptions) => string } = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
  github: githubReport,
  markdown: markdownReport,
};

/** A report in one of the forms. */
export function formatted(report: Report, format: Format, options: TextOptions): string {
  return WRITERS[format](report, options);
}
