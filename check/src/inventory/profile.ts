import type { ClusterProfile } from 'cdk8s-ml/floor/cluster/profile';
import { DOCUMENT_LABEL } from 'cdk8s-ml/floor/kinds/labels';
import type { Field } from './field';
import type { Pool } from './pool';
import type * as ReadProfile from './read-profile';
import type { Resource } from './resource';

/** What a cluster profile tells of the cluster. */
export interface ProfileFacts {
  readonly profile: ClusterProfile;
  readonly pools: readonly Pool[];
}

/** A profile that an object of the set holds, or why it cannot be read. */
export interface PublishedProfile {
  /** Where its text stands. */
  readonly field: Field;
  readonly facts?: ProfileFacts;
  readonly problem?: string;
}

/** Value of the label on ConfigMaps that hold a profile, and the key of its text. */
const PUBLISHED = { label: 'cluster-profile', key: 'profile.json' };

/** What the JSON text of a cluster profile says. Throws one error with everything that is wrong with it. */
export function profileFacts(json: string): ProfileFacts {
  // The profile brings cdk8s along, which takes longer to load than most sets take to check.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { readProfile } = require('./read-profile') as typeof ReadProfile;
  return readProfile(json);
}

/** The profile that a ConfigMap holds; undefined when it is of another sort. */
export function publishedIn(configMap: Resource): PublishedProfile | undefined {
  if (configMap.labels[DOCUMENT_LABEL] !== PUBLISHED.label) return undefined;
  const field = configMap.at('data', PUBLISHED.key);
  if (field.text === undefined) return { field, problem: `has no text under ${PUBLISHED.key}.` };
  try {
    return { field, facts: profileFacts(field.text) };
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { field, problem: `holds a cluster profile that cannot be read: ${first}` };
  }
}
