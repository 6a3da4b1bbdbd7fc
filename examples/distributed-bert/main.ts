import { App } from 'cdk8s';
import { DistributedBert } from './chart';

const app = new App();
new DistributedBert(app, 'distributed-bert');
app.synth();
