import { podLabels } from '../../src/inventory/pod-labels';
import { inventoryOf } from './inventory-of';

const TEMPLATE = { metadata: { labels: { app: 'a' } }, spec: { containers: [] } };
const labelsOf = (apiVersion: string, kind: string, metadata: object, spec: object) =>
  podLabels(inventoryOf(JSON.stringify({ apiVersion, kind, metadata, spec })).pods[0]);

describe('labels of pods', () => {
  test.each<[string, string, object, object, object]>([
    [
      'batch/v1',
      'Job',
      { name: 'x' },
      { template: TEMPLATE },
      { app: 'a', 'job-name': 'x', 'batch.kubernetes.io/job-name': 'x' },
    ],
    ['batch/v1', 'Job', { generateName: 'x-' }, { template: TEMPLATE }, { app: 'a' }],
    ['batch/v1', 'CronJob', { name: 'x' }, { jobTemplate: { spec: { template: TEMPLATE } } }, { app: 'a' }],
    [
      'kubeflow.org/v1',
      'PyTorchJob',
      { name: 'x' },
      { pytorchReplicaSpecs: { Worker: { template: TEMPLATE } } },
      { app: 'a', 'training.kubeflow.org/job-name': 'x', 'training.kubeflow.org/replica-type': 'worker' },
    ],
    [
      'jobset.x-k8s.io/v1alpha2',
      'JobSet',
      { name: 'x' },
      { replicatedJobs: [{ name: 'driver', template: { spec: { template: TEMPLATE } } }] },
      { app: 'a', 'jobset.sigs.k8s.io/jobset-name': 'x', 'jobset.sigs.k8s.io/replicatedjob-name': 'driver' },
    ],
    [
      'leaderworkerset.x-k8s.io/v1',
      'LeaderWorkerSet',
      { name: 'x' },
      { leaderWorkerTemplate: { size: 2, workerTemplate: TEMPLATE } },
      { app: 'a', 'leaderworkerset.sigs.k8s.io/name': 'x' },
    ],
    ['apps/v1', 'Deployment', { name: 'x' }, { selector: {}, template: TEMPLATE }, { app: 'a' }],
  ])('of %s %s %j', (apiVersion, kind, metadata, spec, expected) => {
    expect(labelsOf(apiVersion, kind, metadata, spec).known).toEqual(expected);
  });

  test('are open where a controller sets them', () => {
    const { isOpen } = labelsOf('batch/v1', 'Job', { name: 'x' }, { template: TEMPLATE });
    expect(
      ['job-name', 'controller-uid', 'batch.kubernetes.io/controller-uid', 'app.kubernetes.io/name'].map(isOpen),
    ).toEqual([true, true, true, true]);
    expect(['app', 'my-job-name', 'job-name-2', 'example.com/volcano.sh/a'].some(isOpen)).toBe(false);
  });

  test('are all known of a pod by itself, and open where a runtime decides the rest', () => {
    const pod = labelsOf('v1', 'Pod', { name: 'x', labels: { app: 'a' } }, { containers: [] });
    expect(pod.known).toEqual({ app: 'a' });
    expect(pod.isOpen('job-name')).toBe(false);
    const train = labelsOf('trainer.kubeflow.org/v1alpha1', 'TrainJob', { name: 'x' }, { trainer: {} });
    expect(train.isOpen('app')).toBe(true);
  });
});
