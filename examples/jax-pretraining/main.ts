import { App } from 'cdk8s';
import { JaxPretraining } from './chart';

const app = new App();
new JaxPretraining(app, 'jax-pretraining');
app.synth();
