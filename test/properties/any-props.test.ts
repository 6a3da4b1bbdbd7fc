import * as fc from 'fast-check';
import { App, Chart, Size, Testing } from 'cdk8s';
import {
  Acknowledge,
  Affinity,
  Checkpoints,
  Claim,
  Dataset,
  DisruptionBudget,
  DistributedTraining,
  Env,
  Gpu,
  GpuModel,
  GpuNodePool,
  GpuTrainingJob,
  ModelStore,
  NodeClass,
  NodeRequirement,
  NodeTimer,
  Queue,
  Schedule,
  ScheduledRetrain,
  SecurityProfile,
  SharedMemory,
  TrainingRun,
  Volume,
} from 'cdk8s-ml';
import * as yaml from 'yaml';
import { EVERY_RUN, GANG, SINGLE } from '../training/fixtures';
import { bounded } from './bounded';
import { anyNested, anyText, anyValue, freeze, Given } from './hostile';
import { refusal } from './refusal';

function leaves(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

/** Makes something of props and synthesizes it: refused with ids, or YAML that reads back as it was meant. */
function behaves(make: (chart: Chart) => void): void {
  const app = new App();
  const chart = new Chart(app, 'c', { namespace: 'n' });
  refusal(() => {
    make(chart);
    const text = app.synthYaml();
    const objects = Testing.synth(chart) as object[];
    for (const version of ['1.1', '1.2'] as const)
      expect(yaml.parseAllDocuments(text, { version }).map((document) => document.toJS() as unknown)).toEqual(objects);
    expect(leaves(objects).filter((leaf) => leaf === null || leaf === undefined || Number.isNaN(leaf))).toEqual([]);
    expect(text).not.toMatch(/undefined|\[object/);
  });
}

/** Some properties of valid props replaced by anything, and some unknown ones added. */
function spoiled(valid: object): fc.Arbitrary<Given> {
  const keys = [...Object.keys(valid), 'gpu', 'queue', 'pool', 'name', 'run', 'ttl', 'tolerations', 'nonsense'];
  return fc
    .uniqueArray(fc.record({ key: fc.constantFrom(...new Set(keys)), value: anyNested }), {
      minLength: 1,
      maxLength: 3,
      selector: ({ key }) => key,
    })
    .map(
      (changes) =>
        new Given({ ...valid, ...Object.fromEntries(changes.map(({ key, value: { value } }) => [key, value])) }),
    );
}

const KARPENTER = {
  nodeClass: NodeClass.named('gpu', { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass' }),
  instanceTypes: ['p5.48xlarge'],
  zones: ['eu-1a'],
  requirements: [NodeRequirement.exists('karpenter.k8s.aws/instance-local-nvme')],
  labels: { team: 'nlp' },
  budgets: [DisruptionBudget.nodes(1)],
  limits: { cpu: '9999' },
  weight: 3,
};
const POOL = { gpu: GpuModel.H100, gpusPerNode: 8, maxNodes: 2, karpenter: KARPENTER };

describe('any props at all', () => {
  const made: [string, object, (chart: Chart, props: never) => unknown][] = [
    ['GpuTrainingJob', SINGLE, (chart, props) => new GpuTrainingJob(chart, 'x', props)],
    ['GpuTrainingJob with everything', EVERY_RUN, (chart, props) => new GpuTrainingJob(chart, 'x', props)],
    ['DistributedTraining', GANG, (chart, props) => new DistributedTraining(chart, 'x', props)],
    ['Claim', { size: Size.gibibytes(1) }, (chart, props) => new Claim(chart, 'x', props)],
    ['GpuNodePool', POOL, (chart, props) => new GpuNodePool(chart, 'x', props)],
    ['KarpenterOptions', KARPENTER, (chart, props) => new GpuNodePool(chart, 'x', { ...POOL, karpenter: props })],
    [
      'ScheduledRetrain',
      { schedule: Schedule.expression('0 4 * * 0'), job: TrainingRun.single(SINGLE) },
      (chart, props) => new ScheduledRetrain(chart, 'x', props),
    ],
  ];

  test.each(made)('%s refuses with ids, or renders YAML that reads back', (_, valid, make) => {
    fc.assert(
      fc.property(spoiled(valid), ({ value: props }) => {
        freeze(props);
        behaves((chart) => make(chart, props as never));
      }),
      { ...bounded(250), endOnFailure: true },
    );
  });

  test('nothing at all of what is given in place of props does anything else', () => {
    fc.assert(
      fc.property(anyValue, ({ value: props }) => {
        freeze(props);
        for (const [, , make] of made) behaves((chart) => make(chart, props as never));
      }),
      { ...bounded(150), endOnFailure: true },
    );
  });

  test('texts of every kind, in every place that takes text, are kept or refused', () => {
    const place = fc.constantFrom(
      'args',
      'env',
      'annotations',
      'labels',
      'command',
      'workingDir',
      'image',
      'name',
      'run',
    );
    fc.assert(
      fc.property(place, anyText, (where, text) => {
        const values: Record<string, unknown> = {
          args: [text],
          command: ['sh', '-c', text],
          env: { SETTING: { value: text } },
          annotations: { note: text },
          labels: { team: text },
        };
        const props = { ...SINGLE, [where]: values[where] ?? text };
        behaves((chart) => {
          const job = new GpuTrainingJob(chart, 'x', props as never);
          for (const id of ['KUB009', 'KUB010', 'KUB011']) Acknowledge.of(job).add(id, 'Any text at all.');
        });
      }),
      { ...bounded(700), endOnFailure: true },
    );
  });

  const factories: [string, (...args: never[]) => unknown][] = [
    ['Affinity.requireNodes', Affinity.requireNodes],
    ['Affinity.preferNodes', Affinity.preferNodes],
    ['Checkpoints.claim', Checkpoints.claim],
    ['Checkpoints.on', Checkpoints.on],
    ['Checkpoints.ephemeral', Checkpoints.ephemeral],
    ['Dataset.claim', Dataset.claim],
    ['Dataset.on', Dataset.on],
    ['DisruptionBudget.nodes', DisruptionBudget.nodes],
    ['DisruptionBudget.percent', DisruptionBudget.percent],
    ['ModelStore.claim', ModelStore.claim],
    ['NodeClass.named', NodeClass.named],
    ['NodeClass.eksAuto', NodeClass.eksAuto],
    ['NodeRequirement.oneOf', NodeRequirement.oneOf],
    ['NodeRequirement.above', NodeRequirement.above],
    ['NodeTimer.after', NodeTimer.after],
    ['Env.value', Env.value],
    ['Env.literal', Env.literal],
    ['Env.secret', Env.secret],
    ['Env.field', Env.field],
    ['Gpu.any', Gpu.any],
    ['Gpu.of', Gpu.of],
    ['Gpu.resource', Gpu.resource],
    ['Gpu.mig', Gpu.mig],
    ['GpuModel.custom', GpuModel.custom],
    ['Queue.named', Queue.named],
    ['Schedule.expression', Schedule.expression],
    ['SecurityProfile.restricted', SecurityProfile.restricted],
    ['SharedMemory.of', SharedMemory.of],
    ['TrainingRun.single', TrainingRun.single],
    ['TrainingRun.distributed', TrainingRun.distributed],
    ['Volume.claim', Volume.claim],
    ['Volume.scratch', Volume.scratch],
    ['Volume.ephemeralClaim', Volume.ephemeralClaim],
    ['Volume.secret', Volume.secret],
    ['Volume.configMap', Volume.configMap],
    ['Volume.csi', Volume.csi],
    ['Volume.hostPath', Volume.hostPath],
    ['Acknowledge.of', Acknowledge.of],
  ];

  test.each(factories)('%s makes a value or refuses with an id', (_, factory) => {
    fc.assert(
      fc.property(fc.tuple(anyValue, anyValue, anyValue), (given) => {
        const [a, b, c] = given.map(({ value }) => value);
        for (const args of [
          [a, b, c],
          ['x', b, c],
          ['x', { mountPath: '/x' }, c],
        ]) {
          freeze(args);
          refusal(() => factory(...(args as never[])));
        }
      }),
      { ...bounded(60), endOnFailure: true },
    );
  });
});
