import { Chart, Duration, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import type { ClusterProfileProps, ModelServerProps } from 'cdk8s-ml';
import {
  CapacityType,
  ClusterProfile,
  Component,
  Env,
  Gpu,
  GpuModel,
  ModelServer,
  ModelSource,
  Provider,
  Replicas,
  Runtime,
  Scaling,
} from 'cdk8s-ml';
import { expectValidManifest } from '../schema';

/** A chart in the namespace of the tests, with a profile when one is given. */
export function chartWith(profile?: Partial<ClusterProfileProps>): Chart {
  const chart = new Chart(Testing.app(), 'platform', { namespace: 'ml-serving' });
  if (profile) ClusterProfile.attach(chart, new ClusterProfile({ name: 'lab', ...profile }));
  return chart;
}

/** The objects of a chart by kind, each checked against the schema of its kind. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function synth(chart: Chart): { [kind: string]: any } {
  const objects = Testing.synth(chart) as { kind: string }[];
  for (const object of objects) expectValidManifest(object);
  const byKind = Object.fromEntries(objects.map((object) => [object.kind, object]));
  expect(Object.keys(byKind)).toHaveLength(objects.length);
  return byKind;
}

/** What synth or the constructor says, or an empty text when they say nothing. */
export function complaints(make: (chart: Chart) => void, profile?: Partial<ClusterProfileProps>): string {
  const chart = chartWith(profile);
  try {
    make(chart);
    Testing.synth(chart);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

export const COMMIT = '8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b';

/** A server on CPUs. */
export const CPU_SERVER: ModelServerProps = {
  runtime: Runtime.custom({ image: 'registry.example.com/sentiment:v2.1', port: 8080, healthPath: '/alive' }),
  cpu: Cpu.units(2),
  memory: Size.gibibytes(7),
};

/** A server on GPUs. */
export const GPU_SERVER: ModelServerProps = {
  runtime: Runtime.vllm({ maxModelLen: 4096 }),
  model: ModelSource.huggingFace('org/model', { revision: COMMIT, token: Env.secret('hub', 'token') }),
  gpu: Gpu.any(1),
  cpu: Cpu.units(6),
  memory: Size.gibibytes(44),
  loadTime: Duration.minutes(7),
  replicas: Replicas.between(2, 9),
  scaling: Scaling.inFlightRequests(12),
};

/** Props under which a server says nothing wrong, on CPUs or GPUs, with some of them replaced. */
export function serverOf(chart: Chart, base: ModelServerProps, props: Partial<ModelServerProps> = {}): ModelServer {
  return new ModelServer(chart, 'chat', { ...base, ...props });
}

/** The objects of one server. */
export function objectsOf(
  base: ModelServerProps,
  props: Partial<ModelServerProps> = {},
  profile?: Partial<ClusterProfileProps>,
): ReturnType<typeof synth> {
  const chart = chartWith(profile);
  serverOf(chart, base, props);
  return synth(chart);
}

/** The container that serves. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function containerOf(base: ModelServerProps, props: Partial<ModelServerProps> = {}): any {
  return objectsOf(base, props).Deployment.spec.template.spec.containers[0];
}

const node = { gpu: GpuModel.L40S, gpusPerNode: 4, nodeCpu: Cpu.units(96), nodeMemory: Size.gibibytes(700) };

/** A cluster with two pools whose nodes are known. */
export const POOLS: Partial<ClusterProfileProps> = {
  provider: Provider.AWS,
  components: [Component.CUSTOM_METRICS, Component.EXTERNAL_METRICS],
  pools: {
    l40s: { ...node, nodeSelector: { pool: 'l40s' }, maxNodes: 3 },
    spot: { ...node, nodeSelector: { pool: 'spot' }, capacityType: CapacityType.SPOT },
  },
};
