import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  AccessMode,
  CapacityType,
  ClusterProfile,
  Component,
  Delivery,
  GangScheduler,
  DiagnosticError,
  GpuModel,
  KubernetesVersion,
  Provider,
  Provisioner,
  ServingBackend,
  Stage,
  TaintEffect,
  TrainingBackend,
} from '../../src';
import { gpuPoolShape } from '../../src/cluster/gpu-pool';
import { taintShape } from '../../src/kinds/toleration';
import { SharingStrategy } from '../../src/cluster/gpu-sharing';
import { clusterProfileShape, storageClassShape } from '../../src/cluster/profile-props';
import { gangSchedulerShape, priorityClassShape, queueShape } from '../../src/cluster/scheduling-specs';
import { tolerationShape } from '../../src/kinds/toleration';
import { jsonValue, profileProps } from './arbitrary-profile';
import { everything, pool, priorityClass, queue, refused, storageClass, taint, toleration } from './fixtures';
import { schema, takes } from './schema';

const ROOT = join(__dirname, '..', '..');

/** A document that says everything; each call gives another copy. */
function full(): Record<string, unknown> {
  return JSON.parse(new ClusterProfile(everything).toJson()) as Record<string, unknown>;
}

/** The document with one value changed; `undefined` takes it out. */
function changed(path: string, value: unknown): Record<string, unknown> {
  const document = full();
  const steps = path.split('/');
  const last = steps.pop()!;
  const owner = steps.reduce((at, step) => at[step] as Record<string, unknown>, document);
  if (value === undefined) delete owner[last];
  else owner[last] = value;
  return document;
}

function reads(document: unknown): boolean {
  try {
    ClusterProfile.fromObject(document);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(DiagnosticError);
    return false;
  }
}

describe('the published schema', () => {
  test('is the file that the package contains and exports', () => {
    const { files, exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      files: string[];
      exports: Record<string, unknown>;
    };
    expect(files).toContain('schema');
    expect(exports['./schema/*.json']).toBe('./schema/*.json');
    expect(schema['$id']).toBe('https://cdk8s-ml.dev/schema/cluster-profile.v1.json');
  });

  // A new prop breaks the fixture at compile time and this test at run time until the schema has it.
  test.each<[string, object, object, string[]]>([
    ['', everything, clusterProfileShape, ['$schema', 'apiVersion', 'kind']],
    ['pool', pool, gpuPoolShape, []],
    ['queue', queue, queueShape, []],
    ['gangScheduler', everything.gangScheduler, gangSchedulerShape, []],
    ['priorityClass', priorityClass, priorityClassShape, []],
    ['storageClass', storageClass, storageClassShape, []],
    ['taint', taint, taintShape, []],
    ['toleration', toleration, tolerationShape, []],
  ])('has every property of the code and no other: %s', (name, all, shape, head) => {
    const { properties, required = [] } = name === '' ? schema : schema.$defs[name];
    expect(Object.keys(properties!).sort()).toEqual([...head, ...Object.keys(all)].sort());
    expect(Object.keys(shape).sort()).toEqual(Object.keys(all).sort());
    const needed = Object.entries(shape).filter(([, check]) => typeof check === 'function');
    expect([...(required as string[])].sort()).toEqual(
      [...needed.map(([key]) => key), ...head.filter((key) => key !== '$schema')].sort(),
    );
  });

  const { properties: profile = {}, $defs } = schema;

  test.each<[string, string[] | undefined, Readonly<Record<string, string>>]>([
    ['kubernetes', profile.kubernetes.enum, KubernetesVersion],
    ['provider', profile.provider.enum, Provider],
    ['stage', profile.stage.enum, Stage],
    ['delivery', profile.delivery.enum, Delivery],
    ['components', profile.components.items!.enum, Component],
    ['trainingBackend', profile.trainingBackend.enum, TrainingBackend],
    ['servingBackend', profile.servingBackend.enum, ServingBackend],
    ['gangScheduler', $defs.gangScheduler.properties!.scheduler.enum, GangScheduler],
    ['provisioner', $defs.pool.properties!.provisioner.enum, Provisioner],
    ['capacityType', $defs.pool.properties!.capacityType.enum, CapacityType],
    ['sharing', $defs.sharing.properties!.strategy.enum, SharingStrategy],
    ['accessModes', $defs.storageClass.properties!.accessModes.items!.enum, AccessMode],
    ['effect', $defs.taintEffect.enum, TaintEffect],
  ])('has every member of the enum of %s and no other', (_, listed, members) => {
    expect(listed).toEqual(Object.values(members));
  });

  test('names the defaults that the code has', () => {
    const minimal = new ClusterProfile({ name: 'prod' });
    for (const [name, { default: value }] of Object.entries(profile)) {
      if (value !== undefined) expect([name, value]).toEqual([name, minimal[name as 'stage']]);
    }
  });

  test('describes every property', () => {
    const described = (properties: object): void => {
      for (const [name, { description, $ref }] of Object.entries(properties) as [string, typeof schema][]) {
        const text = description ?? ($ref === undefined ? undefined : $defs[$ref.split('/').pop()!].description);
        expect([name, text]).toEqual([name, expect.stringMatching(/\.$/)]);
      }
    };
    [schema, ...Object.values($defs)].forEach(({ properties }) => described(properties ?? {}));
  });

  test('takes every example in the repository', () => {
    const document: unknown = JSON.parse(readFileSync(join(ROOT, 'examples', 'platform', 'cluster.json'), 'utf8'));
    expect(takes(document)).toBe(true);
    expect(reads(document)).toBe(true);
  });

  test('takes every GPU model by its key', () => {
    for (const model of Object.values(GpuModel).filter((one) => one instanceof GpuModel)) {
      const document = { ...changed('pools', undefined), queues: [], pools: { a: { gpu: model.key, gpusPerNode: 1 } } };
      expect([model.key, takes(document), reads(document)]).toEqual([model.key, true, true]);
    }
  });
});

describe('what the schema and the code refuse both', () => {
  const long = 'a'.repeat(64);

  test.each<[string, string, unknown, string]>([
    ['an unknown property', 'region', 'us-east-1', 'COR002 region'],
    ['an unknown property of a pool', 'pools/h100/gpus', 8, 'COR002 pools.h100.gpus'],
    ['an unknown property of sharing', 'pools/h100/sharing/replicas', 2, 'COR002 pools.h100.sharing.replicas'],
    ['no name', 'name', undefined, 'COR003 name'],
    ['no version', 'apiVersion', undefined, 'COR003 apiVersion'],
    ['no kind', 'kind', undefined, 'COR003 kind'],
    ['a version to come', 'apiVersion', 'cdk8s-ml.dev/v2', 'CLU006 apiVersion'],
    ['another kind', 'kind', 'Cluster', 'CLU006 kind'],
    ['a version that is a number', 'apiVersion', 1, 'COR001 apiVersion'],
    ['a name in capitals', 'name', 'Prod', 'COR004 name'],
    ['a name that is too long', 'name', long, 'COR004 name'],
    ['a Kubernetes version as a number', 'kubernetes', 1.35, 'COR004 kubernetes'],
    ['a Kubernetes version of another time', 'kubernetes', '1.28', 'COR004 kubernetes'],
    ['a provider in capitals', 'provider', 'AWS', 'COR004 provider'],
    ['null', 'stage', null, 'COR004 stage'],
    ['components as text', 'components', 'kueue', 'COR001 components'],
    ['an unknown component', 'components/0', 'argo', 'COR004 components[0]'],
    ['a component twice', 'components/0', 'training-operator', 'CLU006 components[1]'],
    ['a backend without its operator', 'components', ['kueue'], 'CLU009 trainingBackend'],
    ['a backend without components', 'components', undefined, 'CLU009 trainingBackend'],
    ['a framework with a space', 'kueueFrameworks/0', 'batch job', 'COR004 kueueFrameworks[0]'],
    ['pools as a list', 'pools', [], 'COR001 pools'],
    ['a pool name in capitals', 'pools/H100', { gpu: 'h100-sxm', gpusPerNode: 8 }, 'COR004 pools'],
    ['a pool called constructor', 'pools/constructor', { gpu: 'l4', gpusPerNode: 1 }, 'COR004 pools'],
    ['a pool without a GPU', 'pools/h100/gpu', undefined, 'COR003 pools.h100.gpu'],
    ['a pool of unknown shape', 'pools/l4/gpusPerNode', undefined, 'CLU007 pools.l4.gpusPerNode'],
    ['a GPU model in capitals', 'pools/h100/gpu', 'H100', 'COR004 pools.h100.gpu'],
    ['half a GPU', 'pools/h100/gpusPerNode', 0.5, 'COR004 pools.h100.gpusPerNode'],
    ['CPU as a number', 'pools/h100/nodeCpu', 190, 'COR001 pools.h100.nodeCpu'],
    ['CPU in bytes', 'pools/h100/nodeCpu', '4Gi', 'COR004 pools.h100.nodeCpu'],
    ['memory in gigabytes as people write it', 'pools/h100/nodeMemory', '1900GB', 'COR004 pools.h100.nodeMemory'],
    ['memory in milli-bytes', 'pools/h100/nodeMemory', '512m', 'COR004 pools.h100.nodeMemory'],
    ['negative memory', 'pools/h100/nodeMemory', '-1Gi', 'COR004 pools.h100.nodeMemory'],
    ['an unknown gang scheduler', 'gangScheduler/scheduler', 'slurm', 'COR004 gangScheduler.scheduler'],
    ['a gang scheduler without a kind', 'gangScheduler/scheduler', undefined, 'COR003 gangScheduler.scheduler'],
    ['a gang scheduler in capitals', 'gangScheduler/schedulerName', 'VC', 'COR004 gangScheduler.schedulerName'],
    ['a queue of KAI in capitals', 'gangScheduler/queue', 'Research', 'COR004 gangScheduler.queue'],
    ['a queue of KAI that is too long', 'gangScheduler/queue', long, 'COR004 gangScheduler.queue'],
    ['a wait in days', 'kueueWaitForPodsReady', '1d', 'COR004 kueueWaitForPodsReady'],
    ['a drain in days', 'pools/h100/terminationGracePeriod', '4d', 'COR004 pools.h100.terminationGracePeriod'],
    ['a drain as a number', 'pools/h100/terminationGracePeriod', 96, 'COR001 pools.h100.terminationGracePeriod'],
    ['a selector with a bad key', 'pools/h100/nodeSelector/a b', 'c', 'COR004 pools.h100.nodeSelector'],
    ['a selector with a bad value', 'pools/h100/nodeSelector/a', 'c/d', 'COR004 pools.h100.nodeSelector.a'],
    ['a selector with a number', 'pools/h100/nodeSelector/a', 1, 'COR001 pools.h100.nodeSelector.a'],
    ['an empty selector', 'pools/h100/nodeSelector', {}, 'CLU008 pools.h100.nodeSelector'],
    ['a taint without an effect', 'pools/h100/taints/0/effect', undefined, 'COR003 pools.h100.taints[0].effect'],
    ['an unknown effect', 'pools/h100/taints/0/effect', 'noSchedule', 'COR004 pools.h100.taints[0].effect'],
    ['an unknown strategy', 'pools/h100/sharing/strategy', 'mig', 'COR004 pools.h100.sharing.strategy'],
    ['sharing without a strategy', 'pools/h100/sharing', {}, 'COR003 pools.h100.sharing.strategy'],
    ['sharing as text', 'pools/h100/sharing', 'whole', 'COR001 pools.h100.sharing'],
    [
      'a strategy without its profile',
      'pools/h100/sharing/migProfile',
      undefined,
      'COR003 pools.h100.sharing.migProfile',
    ],
    ['what is no MIG profile', 'pools/h100/sharing/migProfile', '10gb', 'COR004 pools.h100.sharing.migProfile'],
    ['a GPU shared with nobody', 'pools/l4/sharing/replicas', 1, 'COR004 pools.l4.sharing.replicas'],
    ['a queue name that is too long', 'queues/0/name', long, 'COR004 queues[0].name'],
    ['a namespace twice', 'queues/0/namespaces', ['a', 'a'], 'CLU006 queues[0].namespaces[1]'],
    ['a level of a topology twice', 'queues/0/topology', ['a', 'a'], 'CLU006 queues[0].topology[1]'],
    ['a topology without levels', 'queues/0/topology', [], 'COR004 queues[0].topology'],
    ['a level that is no label', 'queues/0/topology/1', 'a rack', 'COR004 queues[0].topology[1]'],
    ['a queue that covers nothing', 'queues/0/coveredResources', [], 'COR004 queues[0].coveredResources'],
    ['a resource twice', 'queues/0/coveredResources/0', 'memory', 'CLU006 queues[0].coveredResources[1]'],
    ['a level in capitals', 'topologyLevels/Rack', 'example.com/rack', 'COR004 topologyLevels'],
    ['a level whose label is a number', 'topologyLevels/rack', 7, 'COR001 topologyLevels.rack'],
    ['a toleration without a key', 'queues/0/tolerations/0/key', undefined, 'COR003 queues[0].tolerations[0].key'],
    ['a priority above that of users', 'priorityClasses/0/value', 1000000001, 'COR004 priorityClasses[0].value'],
    ['a priority as text', 'priorityClasses/0/value', '100', 'COR001 priorityClasses[0].value'],
    ['a class of the system with another value', 'priorityClasses/1/value', 100, 'CLU006 priorityClasses[1].value'],
    ['a class that calls itself of the system', 'priorityClasses/0/name', 'system-a', 'CLU006 priorityClasses[0].name'],
    ['no access mode', 'storageClasses/0/accessModes', [], 'COR004 storageClasses[0].accessModes'],
    [
      'an access mode by its short name',
      'storageClasses/0/accessModes',
      ['RWX'],
      'COR004 storageClasses[0].accessModes[0]',
    ],
    ['text for true', 'storageClasses/0/retains', 'true', 'COR001 storageClasses[0].retains'],
  ])('%s', (_, path, value, problem) => {
    const document = changed(path, value);
    expect(takes(document)).toBe(false);
    expect(refused(() => ClusterProfile.fromObject(document))).toEqual([problem]);
  });

  test('nothing of a document that says everything', () => {
    expect([takes(full()), reads(full())]).toEqual([true, true]);
  });
});

describe('what only the code can refuse', () => {
  test.each<[string, string, unknown, string]>([
    ['a pool that is not there', 'queues/0/pools/0', 'h200', 'CLU001 queues[0].pools[0]'],
    ['two entries of one name', 'priorityClasses/1', { name: 'ml-train', value: 1 }, 'CLU006 priorityClasses[1].name'],
    ['more nodes than there can be', 'pools/h100/minNodes', 17, 'CLU014 pools.h100.minNodes'],
    ['no CPU at all', 'pools/h100/nodeCpu', '0', 'COR004 pools.h100.nodeCpu'],
    ['more CPU than a machine has', 'pools/h100/nodeCpu', '190450', 'COR004 pools.h100.nodeCpu'],
    ['parts of a byte', 'pools/h100/nodeMemory', '0.3Mi', 'COR004 pools.h100.nodeMemory'],
    ['too little memory', 'pools/h100/nodeMemory', '1900', 'COR004 pools.h100.nodeMemory'],
    ['a queue that nobody reads', 'gangScheduler/scheduler', 'volcano', 'CLU006 gangScheduler.queue'],
    ['no time to wait', 'kueueWaitForPodsReady', '0s', 'COR004 kueueWaitForPodsReady'],
    ['no time to drain', 'pools/h100/terminationGracePeriod', '0s', 'COR004 pools.h100.terminationGracePeriod'],
    ['a machine type with other GPUs', 'pools/h100/instanceType', 'p4d.24xlarge', 'CLU007 pools.h100.gpu'],
    ['a MIG profile of another model', 'pools/h100/sharing/migProfile', '1g.5gb', 'CLU013 pools.h100.sharing'],
  ])('%s', (_, path, value, problem) => {
    const document = changed(path, value);
    expect(takes(document)).toBe(true);
    expect(refused(() => ClusterProfile.fromObject(document))).toEqual([problem]);
  });
});

describe('the schema', () => {
  /** Paths of every value of a document. */
  function paths(value: unknown, at: string[] = []): string[][] {
    if (typeof value !== 'object' || value === null) return [at];
    return [at, ...Object.entries(value).flatMap(([key, one]) => paths(one, [...at, key]))];
  }

  test('takes every document that the code reads, also those that somebody changed', () => {
    const mutation = fc.record({ place: fc.nat(), value: fc.option(jsonValue, { nil: undefined }), add: fc.boolean() });
    let read = 0;
    fc.assert(
      fc.property(profileProps, fc.array(mutation, { minLength: 1, maxLength: 2 }), (props, mutations) => {
        const document = JSON.parse(new ClusterProfile(props).toJson()) as Record<string, unknown>;
        for (const { place, value, add } of mutations) {
          const all = paths(document).filter((path) => path.length > 0);
          const path = all[place % all.length];
          const owner = path.slice(0, -1).reduce((at, step) => at[step] as typeof document, document);
          const key = add ? 'extra' : path[path.length - 1];
          if (value === undefined) delete owner[key];
          else owner[key] = value;
        }
        const plain: unknown = JSON.parse(JSON.stringify(document));
        if (!reads(plain)) return;
        read++;
        expect([plain, takes(plain)]).toEqual([plain, true]);
      }),
      { seed: 15, numRuns: 1000 },
    );
    expect(read).toBeGreaterThan(50);
  });
});
