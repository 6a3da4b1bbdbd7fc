import { Testing } from 'cdk8s';
import { ml } from './main';

test('the manifests stay as they are', () => {
  expect(Testing.synth(ml)).toMatchSnapshot();
});
