import { App } from 'cdk8s';
import { ElasticPretraining } from './chart';

const app = new App();
new ElasticPretraining(app, 'elastic-pretraining');
app.synth();
