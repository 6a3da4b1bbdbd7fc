import type { Finding } from '../policy/finding';
import { UsageError } from '../policy/usage-error';
import { identityOf } from './fingerprint';

/** How often each finding was there when the baseline was written. */
export type Baseline = ReadonlyMap<string, number>;

const VERSION = 1;

/** The findings that count, as the text of a baseline file. */
export function baselineText(findings: readonly Finding[]): string {
  const counted = new Map<string, number>();
  for (const finding of findings) {
    if (!finding.waived) counted.set(identityOf(finding), (counted.get(identityOf(finding)) ?? 0) + 1);
  }
  const sorted = [...counted].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ version: VERSION, findings: Object.fromEntries(sorted) }, undefined, 2)}\n`;
}

/** Reads the text of a baseline file; throws a usage error when it is none. */
export function readBaseline(text: string, file: string): Baseline {
  const refuse = (problem: string): never => {
    throw new UsageError(`${file}: ${problem}. Write it with --baseline ${file} --write-baseline.`);
  };
  const value = parsed(text) ?? refuse('is not JSON');
  if (typeof value !== 'object' || Array.isArray(value)) return refuse('is no baseline');
  const { version, findings } = value as { version?: unknown; findings?: unknown };
  if (version === undefined) return refuse('is no baseline');
  if (version !== VERSION) return refuse(`has version ${String(version)}, and this is version ${VERSION}`);
  if (typeof findings !== 'object' || findings === null) return refuse('has no findings');
  const entries = Object.entries(findings as { [identity: string]: unknown });
  const wrong = entries.find(([, number]) => !Number.isSafeInteger(number));
  if (wrong) return refuse(`has no number for '${wrong[0]}'`);
  return new Map(entries as [string, number][]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}

/** Marks findings that the baseline has, as many of each as it has. */
export function markKnown(findings: readonly Finding[], baseline: Baseline): Finding[] {
  const left = new Map(baseline);
  return findings.map((finding) => {
    const identity = identityOf(finding);
    const number = left.get(identity) ?? 0;
    if (finding.waived || number === 0) return finding;
    left.set(identity, number - 1);
    return { ...finding, known: true };
  });
}
