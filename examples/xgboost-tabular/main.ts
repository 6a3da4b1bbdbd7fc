import { App } from 'cdk8s';
import { XgboostTabular } from './chart';

const app = new App();
new XgboostTabular(app, 'xgboost-tabular');
app.synth();
