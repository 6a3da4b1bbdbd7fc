import type { ProfileFacts } from '../inventory/profile';
import { profileFacts } from '../inventory/profile';
import { sourceOf } from '../inventory/source';
import type { Finding } from '../policy/finding';
import { isAtLeast, Severity } from '../policy/finding';
import { UsageError } from '../policy/usage-error';
import { makeReport } from './make-report';

/** A chart of cdk8s, or whatever else renders itself as manifests. */
export interface RendersManifests {
  toJson(): readonly unknown[];
}

/** What is said beside the manifests. */
export interface FindingsOfOptions {
  /** Names of packs and rules; a hyphen in front takes one away. Every rule unless it is given. */
  readonly rules?: readonly string[];
  /** Least severity of the findings; all of them unless it is given. */
  readonly level?: `${Severity}`;
  /** A cluster profile, as the JSON text that `ClusterProfile.toJson()` writes. */
  readonly profile?: string;
  /** Whether everything that the cluster holds is there, so that what is named must be. */
  readonly complete?: boolean;
}

/**
 * What is found in a chart, in manifests such as `Testing.synth(chart)` gives, or in a YAML text, without what is waived
 * on the objects. For tests: `expect(findingsOf(chart)).toEqual([])`.
 */
export function findingsOf(
  manifests: RendersManifests | readonly unknown[] | string,
  { rules, level = Severity.INFO, profile, complete }: FindingsOfOptions = {},
): Finding[] {
  const text = typeof manifests === 'string' ? manifests : textOf(manifests);
  const options = { rules, complete, profile: profile === undefined ? undefined : profileFrom(profile) };
  const { findings } = makeReport([sourceOf('manifests', text)], options);
  return findings.filter(({ severity, waived }) => !waived && isAtLeast(severity, level as Severity));
}

/** JSON is YAML; what it cannot hold, such as functions, is not there, as in what cdk8s writes. */
function textOf(manifests: RendersManifests | readonly unknown[]): string {
  const objects = hasJson(manifests) ? manifests.toJson() : manifests;
  if (!Array.isArray(objects)) throw new UsageError('findingsOf takes a chart, a list of manifests or a YAML text.');
  return objects.map((object) => JSON.stringify(object, undefined, 2)).join('\n---\n');
}

function hasJson(value: unknown): value is RendersManifests {
  return typeof value === 'object' && value !== null && 'toJson' in value && typeof value.toJson === 'function';
}

function profileFrom(json: string): ProfileFacts {
  try {
    return profileFacts(json);
  } catch (error) {
    throw new UsageError(`the profile is none:\n${(error as Error).message}`);
  }
}
