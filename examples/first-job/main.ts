import { App } from 'cdk8s';
import { FirstJob } from './chart';

const app = new App();
new FirstJob(app, 'first-job');
app.synth();
