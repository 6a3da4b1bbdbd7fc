import { App } from 'cdk8s';
import { NightlyJobSet } from './chart';

const app = new App();
new NightlyJobSet(app, 'nightly-jobset');
app.synth();
