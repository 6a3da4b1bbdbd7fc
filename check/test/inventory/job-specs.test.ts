import { jobSpecsOf } from '../../src/inventory/job-specs';
import { inventoryOf } from './inventory-of';

test.each([
  ['batch/v1', 'Job', 'template: { spec: {} }', ['spec']],
  ['batch/v1', 'CronJob', 'jobTemplate: { spec: {} }', ['spec.jobTemplate.spec']],
  ['keda.sh/v1alpha1', 'ScaledJob', 'jobTargetRef: {}', ['spec.jobTargetRef']],
  [
    'jobset.x-k8s.io/v1alpha2',
    'JobSet',
    'replicatedJobs: [{ name: a }, { name: b }]',
    ['spec.replicatedJobs[0].template.spec', 'spec.replicatedJobs[1].template.spec'],
  ],
  ['batch.volcano.sh/v1alpha1', 'Job', 'tasks: []', []],
  ['v1', 'Pod', 'containers: []', []],
])('the specs of Jobs in %s %s', (apiVersion, kind, spec, places) => {
  const [object] = inventoryOf(
    `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a }, spec: { ${spec} } }`,
  ).resources;
  expect(jobSpecsOf(object).map(({ place }) => place)).toEqual(places);
});
