import { App } from 'cdk8s';
import { LlmPretraining } from './chart';

const app = new App();
new LlmPretraining(app, 'llm-pretraining');
app.synth();
