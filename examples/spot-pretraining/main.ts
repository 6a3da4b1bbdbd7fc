import { App } from 'cdk8s';
import { SpotPretraining } from './chart';

const app = new App();
new SpotPretraining(app, 'spot-pretraining');
app.synth();
