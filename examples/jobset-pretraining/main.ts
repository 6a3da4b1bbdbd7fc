import { App } from 'cdk8s';
import { JobSetPretraining } from './chart';

const app = new App();
new JobSetPretraining(app, 'jobset-pretraining');
app.synth();
