import { App } from 'cdk8s';
import { RayTrain } from './chart';

const app = new App();
new RayTrain(app, 'ray-train');
app.synth();
