import { App } from 'cdk8s';
import { BlockPretraining } from './chart';

const app = new App();
new BlockPretraining(app, 'block-pretraining');
app.synth();
