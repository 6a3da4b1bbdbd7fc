import { App } from 'cdk8s';
import { RecommenderTensorflow } from './chart';

const app = new App();
new RecommenderTensorflow(app, 'recommender-tensorflow');
app.synth();
