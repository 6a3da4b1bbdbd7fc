import { App } from 'cdk8s';
import { WeeklyRetrain } from './chart';

const app = new App();
new WeeklyRetrain(app, 'weekly-retrain');
app.synth();
