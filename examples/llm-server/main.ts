import { App } from 'cdk8s';
import { LlmServer } from './chart';

const app = new App();
new LlmServer(app, 'llm-server');
app.synth();
