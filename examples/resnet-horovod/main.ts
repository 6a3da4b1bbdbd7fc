import { App } from 'cdk8s';
import { ResnetHorovod } from './chart';

const app = new App();
new ResnetHorovod(app, 'resnet-horovod');
app.synth();
