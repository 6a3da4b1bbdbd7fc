import { App } from 'cdk8s';
import { SentimentServer } from './chart';

const app = new App();
new SentimentServer(app, 'sentiment-server');
app.synth();
