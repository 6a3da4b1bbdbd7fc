import { App } from 'cdk8s';
import { VolcanoPretraining } from './chart';

const app = new App();
new VolcanoPretraining(app, 'volcano-pretraining');
app.synth();
