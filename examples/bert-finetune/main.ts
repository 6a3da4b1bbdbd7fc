import { App } from 'cdk8s';
import { BertFinetune } from './chart';

const app = new App();
new BertFinetune(app, 'bert-finetune');
app.synth();
