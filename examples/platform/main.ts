import { App } from 'cdk8s';
import { addPlatform } from './platform';

// `npm run synth` writes one file for each chart to dist/.
const app = new App();
addPlatform(app);
app.synth();
