import { isMlWorkload } from '../../src/inventory/ml-workload';
import { inventoryOf } from './inventory-of';

interface Made {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly image?: string;
  readonly gpus?: number;
  readonly more?: readonly object[];
}

function isMl({ apiVersion = 'batch/v1', kind = 'Job', name = 'tidy', image, gpus, more = [] }: Made): boolean {
  const resources = gpus === undefined ? {} : { resources: { limits: { 'nvidia.com/gpu': gpus } } };
  const template = {
    metadata: { labels: { app: 'x' } },
    spec: { containers: [{ name: 'main', image, ...resources }, ...more] },
  };
  const text = JSON.stringify({ apiVersion, kind, metadata: { name }, spec: { template } });
  const inventory = inventoryOf(text);
  return isMlWorkload(inventory.workloads[0], inventory);
}
const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };

describe('a workload of machine learning', () => {
  test.each<[string, Made]>([
    ['a GPU', { gpus: 1 }],
    ['a GPU in a controller', { ...DEPLOYMENT, gpus: 1 }],
    ['its kind', { apiVersion: 'kubeflow.org/v1', kind: 'Notebook' }],
    ['what it serves', { ...DEPLOYMENT, image: 'vllm/vllm-openai:v1' }],
    ['its name', { name: 'nightly-train' }],
    ['its image', { image: 'reg.example.com:5000/team/finetune:v1' }],
    ['its image with a digest', { image: 'team/sft@sha256:00' }],
    ['its image without a folder', { image: 'trainer' }],
    ['the image of one of its containers', { image: 'proxy:v1', more: [{ name: 'b', image: 'lora:v1' }] }],
  ])('is told by %s', (_, made) => {
    expect(isMl(made)).toBe(true);
  });

  test.each<[string, Made]>([
    ['an agent with a GPU', { apiVersion: 'apps/v1', kind: 'DaemonSet', gpus: 1, name: 'train' }],
    ['a run of something else', { image: 'busybox:1' }],
    ['a controller with the name of a run', { ...DEPLOYMENT, name: 'nightly-train' }],
    ['a team that trains', { image: 'train/tidy:v1' }],
    ['a registry that trains', { image: 'train.example.com/tidy:v1' }],
    ['a tag that trains', { image: 'tidy:lora' }],
    ['something like a training', { name: 'trainspotting' }],
    ['a container without an image', {}],
  ])('is not %s', (_, made) => {
    expect(isMl(made)).toBe(false);
  });
});
