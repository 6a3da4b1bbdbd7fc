import { ClusterProfile } from 'cdk8s-ml';
import document from './cluster.json';

/** The production cluster as the platform team publishes it; another team would import it from a package of theirs. */
export const cluster = ClusterProfile.fromObject(document);
