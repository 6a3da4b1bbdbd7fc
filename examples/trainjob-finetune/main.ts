import { App } from 'cdk8s';
import { TrainJobFinetune } from './chart';

const app = new App();
new TrainJobFinetune(app, 'trainjob-finetune');
app.synth();
