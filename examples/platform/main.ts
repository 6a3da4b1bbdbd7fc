import { App } from 'cdk8s';
import { ClusterProfile } from 'cdk8s-ml';
import { cluster } from './cluster';
import { MlServing } from './serving';
import { Namespaces } from './namespaces';
import { MlTraining } from './training';

// The reference platform: one cluster, one file per concern. `npm run synth` writes it to dist/.
const app = new App();
ClusterProfile.attach(app, cluster);

new Namespaces(app, 'namespaces');
new MlTraining(app, 'training');
new MlServing(app, 'serving');

app.synth();
