import { App, Chart, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  ClusterProfile,
  Delivery,
  GpuModel,
  KubernetesVersion,
  Provider,
  ServingBackend,
  Stage,
  TrainingBackend,
} from '../../src';
import { everything, queue, refusals, refused } from './fixtures';

const prod = new ClusterProfile({ name: 'prod', kubernetes: KubernetesVersion.V1_36 });
const lab = new ClusterProfile({ name: 'lab' });

describe('ClusterProfile.attach', () => {
  test('holds for the app and every chart and construct below it', () => {
    const app = new App();
    ClusterProfile.attach(app, prod);
    const chart = new Chart(app, 'ml');
    expect(ClusterProfile.of(app)).toBe(prod);
    expect(ClusterProfile.of(chart)).toBe(prod);
    expect(ClusterProfile.of(new Construct(chart, 'below'))).toBe(prod);
  });

  test('holds for a chart, also one that Testing makes', () => {
    const chart = Testing.chart();
    ClusterProfile.attach(chart, prod);
    expect(ClusterProfile.of(new Construct(chart, 'below'))).toBe(prod);
    expect(ClusterProfile.of(chart.node.root)).not.toBe(prod);
  });

  test('lets the nearest profile win, so that one app serves several clusters', () => {
    const app = new App();
    ClusterProfile.attach(app, prod);
    const charts = ['prod', 'lab'].map((id) => new Chart(app, id));
    ClusterProfile.attach(charts[1], lab);
    expect(charts.map((chart) => ClusterProfile.of(new Construct(chart, 'below')).name)).toEqual(['prod', 'lab']);
  });

  test('lets the last profile win on one construct', () => {
    const chart = Testing.chart();
    ClusterProfile.attach(chart, prod);
    ClusterProfile.attach(chart, lab);
    expect(ClusterProfile.of(chart)).toBe(lab);
  });

  test('CLU005 fails when the construct has children, which were made for another cluster', () => {
    const app = new App();
    new Chart(app, 'early');
    expect(() => ClusterProfile.attach(app, prod)).toThrow(
      'CLU005: the app has children already.\n    Fix: Attach the profile before anything is made below the construct.',
    );
  });

  test('CLU005 passes for a chart of an app that has other charts', () => {
    const app = new App();
    new Chart(app, 'early');
    const late = new Chart(app, 'late');
    ClusterProfile.attach(late, prod);
    expect(ClusterProfile.of(late)).toBe(prod);
  });

  test('COR001 fails for anything but a profile', () => {
    const props = { name: 'prod' } as unknown as ClusterProfile;
    expect(refused(() => ClusterProfile.attach(new App(), props))).toEqual(['COR001 profile']);
  });
});

describe('ClusterProfile.of', () => {
  test('gives the profile of an unknown cluster where none is attached', () => {
    const unknown = ClusterProfile.of(Testing.chart());
    expect(unknown.isKnown).toBe(false);
    expect(unknown.queues).toBeUndefined();
    expect(prod.isKnown).toBe(true);
  });

  test('CLU006 fails for a profile of another copy of the package, instead of rendering for an unknown cluster', () => {
    const app = new App();
    app.node.setContext('cdk8s-ml.dev/cluster-profile', { name: 'prod' });
    expect(() => ClusterProfile.of(new Chart(app, 'ml'))).toThrow(
      /^CLU006: the profile that holds at ml was not made by this copy of cdk8s-ml\.\n {4}Fix: Install cdk8s-ml once/,
    );
  });
});

describe('ClusterProfile', () => {
  test('resolves every default', () => {
    expect(lab).toMatchObject({
      kubernetes: KubernetesVersion.V1_33,
      provider: Provider.ON_PREMISES,
      stage: Stage.DEVELOPMENT,
      delivery: Delivery.DECLARED,
      trainingBackend: TrainingBackend.INDEXED_JOB,
      servingBackend: ServingBackend.DEPLOYMENT,
      components: [],
      pools: {},
    });
    expect(lab.kueueFrameworks).toContain('batch/job');
    expect([lab.queues, lab.priorityClasses, lab.storageClasses]).toEqual([undefined, undefined, undefined]);
  });

  test('gives back everything it was given', () => {
    const profile = new ClusterProfile(everything);
    for (const key of Object.keys(everything) as (keyof typeof everything)[])
      expect([key, profile[key]]).toEqual([key, everything[key]]);
  });

  test('is not changed by later changes of what it was made from, nor of what it gives out', () => {
    const namespaces = ['ml-training'];
    const queues = [{ name: 'research', namespaces }];
    const profile = new ClusterProfile({ name: 'prod', queues });
    namespaces.push('ml-serving');
    queues.pop();
    profile.queues!.pop();
    expect(() => profile.queues![0].namespaces!.push('ml-serving')).toThrow(TypeError);
    expect(profile.queues).toEqual([{ name: 'research', namespaces: ['ml-training'] }]);
    expect(queues).toEqual([]);
  });

  test('reports everything that is wrong in one error, wrong shapes and contradictions alike', () => {
    const call = (): unknown =>
      new ClusterProfile({
        name: 'Prod',
        provider: 'amazon' as Provider,
        trainingBackend: TrainingBackend.PYTORCH_JOB,
        pools: { h100: { gpu: GpuModel.H100, gpusPerNode: 8, minNodes: 3, maxNodes: 2 } },
        queues: [{ ...queue, pools: ['h200'] }],
        regions: ['us-east-1'],
      } as never);
    expect(refused(call)).toEqual([
      'COR002 regions',
      'COR004 name',
      'COR004 provider',
      'CLU009 trainingBackend',
      'CLU014 pools.h100.minNodes',
      'CLU001 queues[0].pools[0]',
    ]);
  });

  test('does not call a pool unknown because something else is wrong with it', () => {
    const call = (): unknown =>
      new ClusterProfile({
        name: 'prod',
        pools: { h100: { gpu: GpuModel.H100, gpusPerNode: 0 } },
        queues: [{ name: 'research', pools: ['h100'] }],
      });
    expect(refused(call)).toEqual(['COR004 pools.h100.gpusPerNode']);
  });

  test('does not call pools unknown when there is no telling which there are', () => {
    const pools = 'h100' as never;
    expect(
      refused(() => new ClusterProfile({ name: 'prod', pools, queues: [{ name: 'a', pools: ['h100'] }] })),
    ).toEqual(['COR001 pools']);
  });

  test.each([
    ['null', null],
    ['text', 'prod'],
    ['a list', []],
    ['a profile', prod],
  ])('COR001 fails for %s in place of props', (_, props) => {
    expect(refusals(() => new ClusterProfile(props as never))[0].id).toBe('COR001');
  });

  test.each([
    ['an instance type that is no label value', { instanceType: 'p5 48xlarge' }, 'instanceType'],
    ['a label value that nodes cannot have', { nodeSelector: { pool: 'a/b' } }, 'nodeSelector.pool'],
    ['memory in the wrong unit', { nodeMemory: Size.mebibytes(64) }, 'nodeMemory'],
    ['no CPU', { nodeCpu: Cpu.millis(0) }, 'nodeCpu'],
    ['more GPUs than any node has', { gpusPerNode: 17 }, 'gpusPerNode'],
  ])('COR004 fails for %s', (_, wrong, property) => {
    const h100 = { gpu: GpuModel.H100, gpusPerNode: 8, ...wrong };
    const call = (): unknown => new ClusterProfile({ name: 'prod', pools: { h100 } });
    expect(refused(call)).toContain(`COR004 pools.h100.${property}`);
  });

  test('COR004 fails for names of queues that no label could carry', () => {
    const call = (): unknown => new ClusterProfile({ name: 'prod', queues: [{ name: 'q'.repeat(64) }] });
    expect(refused(call)).toEqual(['COR004 queues[0].name']);
  });
});
