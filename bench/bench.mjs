// Construct-and-render time per API object against stock cdk8s-plus-28, and the time to load the library, in one run.
// Ratios are taken pair by pair, so that they hold on a machine whose speed drifts.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';

const require = createRequire(import.meta.url);
const PAIRS = Number(process.argv[2] ?? 5);

const { Chart, Duration, Size, Testing } = require('cdk8s');
const kplus = require('cdk8s-plus-28');
const ml = require('../lib/src/index.js');

function oursIn(chart, i) {
  new ml.GpuTrainingJob(chart, `job-${i}`, {
    run: 'v1',
    image: 'registry.example.com/trainer:v1',
    command: ['python', 'train.py', '--output=$(MODEL_DIR)'],
    gpu: ml.Gpu.any(1),
    cpu: kplus.Cpu.units(8),
    memory: Size.gibibytes(64),
    dataset: ml.Dataset.claim('data'),
    checkpoints: ml.Checkpoints.claim('ckpt'),
    output: ml.ModelStore.claim('models'),
    activeDeadline: Duration.hours(24),
  });
}

// The same Job as far as cdk8s-plus can say it: environment, volumes, resources, no GPU.
function stockIn(chart, i) {
  const volume = (name) =>
    kplus.Volume.fromPersistentVolumeClaim(
      chart,
      `${name}-${i}`,
      kplus.PersistentVolumeClaim.fromClaimName(chart, `claim-${name}-${i}`, name),
      { name },
    );
  const scratch = (name, options) => kplus.Volume.fromEmptyDir(chart, `${name}-${i}`, name, options);
  const value = (text) => kplus.EnvValue.fromValue(text);
  new kplus.Job(chart, `job-${i}`, {
    metadata: { name: `job-${i}`, labels: { 'app.kubernetes.io/name': `job-${i}` } },
    backoffLimit: 2,
    activeDeadline: Duration.hours(24),
    podMetadata: { labels: { 'app.kubernetes.io/name': `job-${i}` } },
    containers: [
      {
        image: 'registry.example.com/trainer:v1',
        command: ['python', 'train.py', '--output=/models'],
        envVariables: {
          CHECKPOINT_DIR: value('/ckpt'),
          DATASET_DIR: value('/data'),
          MODEL_DIR: value('/models'),
          HOME: value('/home/run'),
          USER: value('run'),
          LOGNAME: value('run'),
          XDG_CACHE_HOME: value('/cache'),
          HF_HOME: value('/cache/huggingface'),
          TORCH_HOME: value('/cache/torch'),
          TORCHINDUCTOR_CACHE_DIR: value('/cache/inductor'),
          TRITON_CACHE_DIR: value('/cache/triton'),
          CUDA_CACHE_PATH: value('/cache/cuda'),
        },
        resources: {
          cpu: { request: kplus.Cpu.units(8) },
          memory: { request: Size.gibibytes(64), limit: Size.gibibytes(64) },
        },
        volumeMounts: [
          { path: '/data', volume: volume('data'), readOnly: true },
          { path: '/ckpt', volume: volume('ckpt') },
          { path: '/models', volume: volume('models') },
          {
            path: '/dev/shm',
            volume: scratch('shm', { medium: kplus.EmptyDirMedium.MEMORY, sizeLimit: Size.gibibytes(16) }),
          },
          { path: '/cache', volume: scratch('cache', { sizeLimit: Size.gibibytes(20) }) },
          { path: '/home/run', volume: scratch('home', { sizeLimit: Size.gibibytes(1) }) },
          { path: '/tmp', volume: scratch('tmp', { sizeLimit: Size.gibibytes(10) }) },
        ],
      },
    ],
  });
}

/** Milliseconds per object to construct `objects` in `charts` and to render all of them. */
function measure(addTo, objects, charts) {
  const app = Testing.app();
  const start = process.hrtime.bigint();
  const all = Array.from({ length: charts }, (_, c) => new Chart(app, `chart-${c}`, { namespace: `ns-${c}` }));
  for (let i = 0; i < objects; i++) addTo(all[i % charts], i);
  const yaml = app.synthYaml();
  const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
  const rendered = yaml.split('\n---\n').length;
  if (rendered !== objects) throw new Error(`rendered ${rendered} objects instead of ${objects}`);
  return elapsed / objects;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const milliseconds = (number) => `${number.toFixed(3)} ms`;

function compare(objects, charts) {
  const ours = [];
  const stock = [];
  for (let i = 0; i < PAIRS; i++) {
    ours.push(measure(oursIn, objects, charts));
    stock.push(measure(stockIn, objects, charts));
  }
  const ratio = median(ours.map((time, i) => time / stock[i]));
  console.log(
    `| ${objects} | ${charts} | ${milliseconds(median(ours))} | ${milliseconds(median(stock))} | ${ratio.toFixed(2)} |`,
  );
  return median(ours);
}

function loadTime(code) {
  const script = `const start = process.hrtime.bigint(); ${code} console.log(Number(process.hrtime.bigint() - start) / 1e6)`;
  return Number(
    execFileSync(process.execPath, ['-e', script], { cwd: new URL('..', import.meta.url), encoding: 'utf8' }),
  );
}

const version = (name) => require(`${name}/package.json`).version;
console.log(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} cores`);
console.log(
  `cdk8s ${version('cdk8s')}, cdk8s-plus-28 ${version('cdk8s-plus-28')}, constructs ${version('constructs')}; medians of ${PAIRS} pairs\n`,
);

measure(oursIn, 1000, 1);
measure(stockIn, 1000, 1);

console.log('Time per API object, constructed and rendered:\n');
console.log('| objects | charts | cdk8s-ml | cdk8s-plus-28 | ratio |');
console.log('|---|---|---|---|---|');
const small = compare(1000, 1);
const large = compare(4000, 1);
const smallSpread = compare(1000, 100);
const largeSpread = compare(4000, 100);
console.log(
  `\nGrowth per object from 1000 to 4000 objects: ${(large / small).toFixed(2)} in one chart, ${(largeSpread / smallSpread).toFixed(2)} in 100 charts;`,
);
console.log(
  `from 1 to 100 charts: ${(smallSpread / small).toFixed(2)} with 1000 objects, ${(largeSpread / large).toFixed(2)} with 4000.\n`,
);

const alone = [];
const both = [];
for (let i = 0; i < PAIRS * 2; i++) {
  alone.push(loadTime(`require('cdk8s-plus-28');`));
  both.push(loadTime(`require('cdk8s-plus-28'); require('./lib/src/index.js');`));
}
const loadRatio = median(both.map((time, i) => time / alone[i]));
console.log(
  `Loading cdk8s-plus-28: ${milliseconds(median(alone))}; with cdk8s-ml: ${milliseconds(median(both))}; ratio ${loadRatio.toFixed(2)}.`,
);
