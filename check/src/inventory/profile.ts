import type { ClusterProfile } from 'cdk8s-ml/floor/cluster/profile';
import type { Pool } from './pool';

/** What a cluster profile tells of the cluster. */
export interface ProfileFacts {
  readonly profile: ClusterProfile;
  readonly pools: readonly Pool[];
}
