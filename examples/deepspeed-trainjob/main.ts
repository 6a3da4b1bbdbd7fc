import { App } from 'cdk8s';
import { DeepSpeedTrainJob } from './chart';

const app = new App();
new DeepSpeedTrainJob(app, 'deepspeed-trainjob');
app.synth();
