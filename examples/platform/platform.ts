import type { App } from 'cdk8s';
import { Chart } from 'cdk8s';
import { ClusterProfile, ProfileConfigMap } from 'cdk8s-ml';
import { cluster } from './cluster';
import { Namespaces } from './namespaces';
import { GpuNodes } from './nodes';
import { RecommendationsTraining } from './recommendations';
import { MlServing } from './serving';
import { MlTraining } from './training';
import { VisionTraining } from './vision';

/** The reference platform: one cluster, one file per concern. */
export function addPlatform(app: App): void {
  ClusterProfile.attach(app, cluster);
  new Namespaces(app, 'namespaces');
  new GpuNodes(app, 'nodes');
  new MlTraining(app, 'training');
  new VisionTraining(app, 'vision');
  new RecommendationsTraining(app, 'recommendations');
  new MlServing(app, 'serving');
  new ProfileConfigMap(new Chart(app, 'profile', { namespace: 'ml-training' }), 'profile', { profile: cluster });
}
