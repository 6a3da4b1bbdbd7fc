import { didYouMean } from 'cdk8s-ml/floor/core/nearest';
import type { Finding } from '../policy/finding';
import { counts, isAtLeast, Severity } from '../policy/finding';
import { UsageError } from '../policy/usage-error';
import { checkFiles } from '../report/check-files';
import type { FailOn, Report } from '../report/report';
import { descriptionsOf, fails } from '../report/report';
import { printable } from '../report/printable';
import { fileOf, reasonAndSource, reservations, statementOf, subjectOf, totals } from '../report/wording';
import type { ValidationContext, Violation } from './validation';

/** What `properties` of a validation in cdk8s.yaml may hold; files are named from the folder in which cdk8s runs. */
export interface ManifestCheckProps {
  readonly rules?: string | readonly string[];
  readonly failOn?: `${FailOn}`;
  readonly profile?: string;
  readonly complete?: boolean;
  readonly schemas?: string | readonly string[];
  readonly config?: string;
  readonly baseline?: string;
}

const KNOWN = ['rules', 'failOn', 'profile', 'complete', 'schemas', 'config', 'baseline'];
const LEVELS: readonly string[] = [...Object.values(Severity), 'none'];

/**
 * Checks what `cdk8s synth` wrote, as a validation in cdk8s.yaml:
 *
 * ```yaml
 * validations:
 *   - package: ./node_modules/cdk8s-ml-check
 *     version: 0.1.0
 *     class: ManifestCheck
 * ```
 */
export class ManifestCheck {
  constructor(private readonly props: ManifestCheckProps = {}) {
    const unknown = Object.keys(props).find((key) => !KNOWN.includes(key));
    if (unknown !== undefined) {
      throw new UsageError(`ManifestCheck takes no '${unknown}'${didYouMean(unknown, KNOWN)}: ${KNOWN.join(', ')}.`);
    }
    if (props.failOn !== undefined && !LEVELS.includes(props.failOn)) {
      throw new UsageError(`ManifestCheck: failOn is '${props.failOn}'; give one of ${LEVELS.join(', ')}.`);
    }
  }

  /** Called by the cdk8s CLI. Files are read anew: what its own reader makes of them is not what the API server does. */
  public async validate({ manifests, report }: ValidationContext): Promise<void> {
    const { rules, schemas, failOn, ...rest } = this.props;
    const found = checkFiles(manifests, {
      ...rest,
      rules: listOf(rules),
      schemas: listOf(schemas),
      failOn: failOn as FailOn | undefined,
      today: new Date().toISOString().slice(0, 10),
    });
    for (const violation of violations(found)) report.addViolation(violation);
    const isFailure = found.findings.some((finding) => fails(finding, found.failOn));
    const notes = Object.fromEntries(reservations(found).map((note, index) => [`Note ${index + 1}`, printable(note)]));
    report.submit(isFailure ? 'failure' : 'success', { Findings: printable(totals(found)), ...notes });
  }
}

function listOf(value: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof value === 'string' ? [value] : value;
}

/** What counts, by rule; infos only where the check fails from them on. */
function violations(report: Report): Violation[] {
  const least = report.failOn === Severity.INFO ? Severity.INFO : Severity.WARNING;
  const shown = report.findings.filter((finding) => counts(finding) && isAtLeast(finding.severity, least));
  const rules = descriptionsOf(report);
  return [...new Set(shown.map(({ rule }) => rule))].map((rule) => {
    const { reason, sources } = reasonAndSource(rules.get(rule)?.why ?? '');
    const ofRule = shown.filter((finding) => finding.rule === rule);
    return {
      ruleName: rule,
      recommendation: [reason, ...sources].join(' '),
      fix: printable([...new Set(ofRule.map(({ fix }) => fix))].join(' ')),
      violatingResources: ofRule.map((finding) => ({
        resourceName: printable(finding.object?.name ?? subjectOf(finding)),
        locations: [printable(locationOf(finding))],
        manifestPath: fileOf(finding.file),
      })),
    };
  });
}

function locationOf(finding: Finding): string {
  const { severity, path, line } = finding;
  return `${severity}: line ${line}${path === '' ? '' : `, ${path}`}: ${subjectOf(finding)} ${statementOf(finding)}`;
}
