import { isToy, isTraining, makesResult, trains } from '../../src/inventory/training';
import { inventoryOf } from './inventory-of';

interface Run {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly container?: object;
  readonly gpus?: number;
}
function workloadOf({ apiVersion = 'batch/v1', kind = 'Job', name = 'nightly', container = {}, gpus }: Run) {
  const resources = gpus === undefined ? {} : { resources: { limits: { 'nvidia.com/gpu': gpus } } };
  const template = {
    metadata: { labels: { app: 'a' } },
    spec: { containers: [{ name: 'main', image: 'busybox:1', ...container, ...resources }] },
  };
  const spec =
    kind === 'Job' || kind === 'Deployment' ? { template } : { pytorchReplicaSpecs: { Worker: { template } } };
  return inventoryOf(JSON.stringify({ apiVersion, kind, metadata: { name }, spec })).workloads[0];
}
const KUBEFLOW = { apiVersion: 'kubeflow.org/v1', kind: 'PyTorchJob' };
const started = (...command: string[]): Run => ({ container: { command } });

describe('a run', () => {
  test.each<[string, Run]>([
    ['its script', started('python', 'train.py')],
    ['its module', started('python', '-m', 'axolotl.cli.train')],
    ['a command in an option', started('bash', '-c', 'python pretrain.py')],
    ['its launcher', started('torchrun', 'main.py')],
    ['a script behind what only looks like an option', started('python', 'main.py', 'x--a', 'train.py')],
    ['a script of a shell', started('bash', '-lc', 'train.py')],
    ['a text of some length', started('python', `${'x'.repeat(191)}/train.py`)],
    ['what it learns', started('python', 'mnist.py')],
    ['a script behind an option with a value', started('python', '--config=a', 'finetune.py')],
    ['a script in capitals', started('python', 'TRAIN.py')],
    ['a script that trains and evaluates', started('bash', '-c', 'python train.py && python eval.py')],
    ['its name', { name: 'nightly-train' }],
    ['its image', { container: { image: 'reg.example.com/eval/trainer:v1' } }],
    ['its image with a digest', { container: { image: 'team/sft@sha256:00' } }],
    ['the name of its container', { container: { name: 'training' } }],
    ['its kind', KUBEFLOW],
  ])('trains by %s', (_, run) => {
    const workload = workloadOf(run);
    expect(isTraining(workload)).toBe(true);
    expect(workload.pods.map(trains)).toEqual([true]);
    expect(workload.pods.map(makesResult)).toEqual([true]);
  });

  test.each<[string, Run]>([
    ['a test of GPUs', started('nvidia-smi')],
    ['a test of the network, by its launcher', started('torchrun', '/opt/nccl-tests/all_reduce_perf')],
    ['a download', { ...started('python', 'download.py'), name: 'train-data' }],
    ['a benchmark of a training kind', { ...KUBEFLOW, name: 'smoke-test' }],
    ['a server of a trained model', { name: 'vllm-lora' }],
    ['what only its image serves', { container: { image: 'team/vllm:train' }, name: 'train' }],
  ])('does something else by %s', (_, run) => {
    const workload = workloadOf({ ...run, gpus: 1 });
    expect(isTraining(workload)).toBe(false);
    expect(workload.pods.map(makesResult)).toEqual([false]);
  });

  test.each<[string, Run]>([
    ['a name', { name: 'tidy' }],
    ['the value of an option', started('python', 'main.py', '--project', 'train.py')],
    ['the value of a short option', started('python', 'main.py', '-d', 'train.py')],
    ['the value of an option like those of shells', started('python', 'main.py', '--resume', 'train.py')],
    ['the value of an option that begins like those', started('python', 'main.py', '-map', 'train.py')],
    ['what stands behind a very long script', started(...Array<string>(170).fill('x'.repeat(100)), 'train.py')],
    ['an option', started('python', 'main.py', '--train.py')],
    ['a long text', started('python', `main.py${'x'.repeat(200)}/train.py`)],
    ['a registry', { container: { image: 'train.example.com/train/tidy:train' } }],
    ['a digest', { container: { image: 'tidy@train' } }],
    ['half a word', { name: 'constraint' }],
  ])('is not known by %s, and has a result when it has GPUs', (_, run) => {
    const [idle] = workloadOf(run).pods;
    const [busy] = workloadOf({ ...run, gpus: 1 }).pods;
    expect([trains(idle), trains(busy)]).toEqual([false, false]);
    expect([makesResult(idle), makesResult(busy)]).toEqual([false, true]);
  });

  test('of Ray trains by its entrypoint', () => {
    const ray = (entrypoint: string) => {
      const head = { template: { spec: { containers: [{ name: 'head', image: 'ray' }] } } };
      const spec = { entrypoint, rayClusterSpec: { headGroupSpec: head } };
      return inventoryOf(JSON.stringify({ apiVersion: 'ray.io/v1', kind: 'RayJob', metadata: { name: 'a' }, spec }))
        .runs[0];
    };
    expect(isTraining(ray('python train.py'))).toBe(true);
    expect(isTraining(ray('python tidy.py'))).toBe(false);
  });

  test('of several parts trains when one does', () => {
    const part = (name: string, script: string): object => {
      const template = { spec: { containers: [{ name: 'main', image: 'a', command: ['python', script] }] } };
      return { name, template: { spec: { template } } };
    };
    const spec = { replicatedJobs: [part('data', 'download.py'), part('nodes', 'train.py')] };
    const set = { apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'a' }, spec };
    expect(isTraining(inventoryOf(JSON.stringify(set)).runs[0])).toBe(true);
  });

  test('of another kind has no entrypoint', () => {
    const template = { spec: { containers: [{ name: 'main', image: 'a' }] } };
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'a' },
      spec: { entrypoint: 'python train.py', template },
    };
    expect(isTraining(inventoryOf(JSON.stringify(job)).runs[0])).toBe(false);
  });

  test('is no server, whatever its words', () => {
    const server = workloadOf({
      ...started('python', 'serve.py', 'train'),
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      gpus: 1,
    });
    expect(isTraining(server)).toBe(false);
    expect(server.pods.map(trains)).toEqual([false]);
    expect(server.pods.map(makesResult)).toEqual([false]);
  });

  test.each<[Run, boolean]>([
    [started('python', 'mnist.py'), true],
    [started('python', 'FashionMNIST.py'), true],
    [{ name: 'cifar-10' }, true],
    [started('python', 'train.py', '--dataset', 'iris'), false],
    [started('python', 'train.py', 'iris'), true],
    [started('python', 'cifar100.py'), false],
    [{ name: 'irish' }, false],
  ])('%j is a toy: %j', (run, expected) => {
    expect(workloadOf(run).pods.map(isToy)).toEqual([expected]);
  });
});
