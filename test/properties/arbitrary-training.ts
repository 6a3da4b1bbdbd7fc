import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import type { DistributedTrainingProps } from '../../src';
import {
  AccessMode,
  Checkpoints,
  ConcurrencyPolicy,
  Dataset,
  Egress,
  FaultModel,
  Framework,
  MpiImplementation,
  ModelStore,
  Preflight,
  Schedule,
  Topology,
  TrainingBackend,
  TrainingRun,
} from '../../src';
import { TIME_ZONES } from '../../src/catalog/time-zones';
import corpus from '../kinds/cron-corpus.json';
import { type Cluster, placed } from './arbitrary-cluster';
import { dnsLabel, dnsSubdomain, labelKey, labelValue, oneOf } from './arbitrary-names';
import { cpu, largeSize, seconds, size } from './arbitrary-amounts';
import { containerProps, podBaseProps, sparse } from './arbitrary-pod';
import { anyText } from './hostile';
import { call, maybe, mostly, type Written } from './written';
import { GangRole } from '../../src/training/gang-role';
import { BACKEND_TABLE } from '../../src/training/backends/table';

const onClaim = fc.record(
  {
    mountPath: fc.constantFrom('/x', '/state/', '/日本'),
    accessMode: mostly(fc.constant(AccessMode.READ_WRITE_MANY), oneOf(AccessMode), 6),
  },
  { requiredKeys: [] },
);

const checkpoints = fc.oneof(
  call('Checkpoints.claim', Checkpoints.claim, dnsSubdomain, maybe(onClaim)),
  call(
    'Checkpoints.claim',
    Checkpoints.claim,
    dnsSubdomain,
    dnsSubdomain.map((resumeFrom) => ({ resumeFrom })),
  ),
  call(
    'Checkpoints.claim',
    Checkpoints.claim,
    dnsSubdomain,
    fc.record({ saveTime: seconds(300), saveInterval: seconds(86400) }, { requiredKeys: [] }),
  ),
  call(
    'Checkpoints.ephemeral',
    Checkpoints.ephemeral,
    size.map((sizeLimit) => ({ sizeLimit })),
  ),
);

const activeDeadline = fc.oneof(
  { weight: 6, arbitrary: call('Duration.hours', Duration.hours, fc.integer({ min: 1, max: 24 })) },
  { weight: 1, arbitrary: call('Duration.days', Duration.days, fc.constantFrom(30, 365, 3650)) },
  { weight: 1, arbitrary: seconds(3650 * 86400) },
);

const faults = fc.record(
  {
    notice: seconds(86400),
    meanTimeBetweenInterruptions: call('Duration.minutes', Duration.minutes, fc.integer({ min: 1, max: 90000 })),
  },
  { requiredKeys: [] },
);
const faultModel = fc.oneof(
  { weight: 3, arbitrary: call('FaultModel.spot', FaultModel.spot, maybe(faults)) },
  { weight: 1, arbitrary: call('FaultModel.maintenance', FaultModel.maintenance, maybe(faults)) },
);

const port = fc.integer({ min: 1, max: 65535 });
const blocks = fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', '192.0.2.7/32', '::/0', '2001:db8::/32');
const egress = fc.array(
  fc.oneof(
    call(
      'Egress.cidr',
      Egress.cidr,
      blocks,
      maybe(fc.record({ ports: fc.array(port, { minLength: 1, maxLength: 3 }) })),
    ),
    call(
      'Egress.pods',
      Egress.pods,
      fc.record({ namespaceName: dnsLabel(), labels: fc.constant({ app: 'minio' }) }, { requiredKeys: [] }),
    ),
    call('Egress.apiServer', Egress.apiServer, blocks),
  ),
  { maxLength: 3 },
);
const preflight = fc.oneof(
  {
    weight: 1,
    arbitrary: call(
      'Preflight.bandwidth',
      Preflight.bandwidth,
      fc.record({ minBusBandwidth: mostly(fc.constantFrom(0.5, 40, 480), fc.constantFrom(0, -1, 1e9), 12) }),
    ),
  },
  { weight: 9, arbitrary: call('Preflight.devices', Preflight.devices) },
  {
    weight: 1,
    arbitrary: call(
      'Preflight.rendezvous',
      Preflight.rendezvous,
      maybe(fc.record({ timeout: call('Duration.minutes', Duration.minutes, fc.integer({ min: 1, max: 90 })) })),
    ),
  },
);

/** Fields of every run, of which each case has some. */
const runFields = {
  dataset: call('Dataset.claim', Dataset.claim, dnsSubdomain, maybe(onClaim)),
  checkpoints,
  output: call('ModelStore.claim', ModelStore.claim, dnsSubdomain, maybe(onClaim)),
  backoffLimit: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(1000)),
  failOnExitCodes: fc.oneof(
    fc.uniqueArray(fc.integer({ min: 1, max: 255 }), { maxLength: 5 }),
    fc.constant(Array.from({ length: 255 }, (_, i) => i + 1)),
    fc.constant([7, 3]),
  ),
  retryOutOfMemory: fc.boolean(),
  faultModel: mostly(fc.constant(undefined), faultModel, 4),
  egress,
  preflight: mostly(fc.constant(undefined), preflight, 6),
};

const declared = fc
  .tuple(
    maybe(mostly(dnsLabel(), anyText)),
    maybe(mostly(fc.oneof(fc.constantFrom('v1', '2026-08-01', '7'), dnsLabel(40)), fc.oneof(anyText, labelValue), 40)),
    mostly(fc.constant(undefined), call('Duration.hours', Duration.hours, fc.integer({ min: 1, max: 24 * 3650 })), 6),
  )
  .map(([name, run, ttl]) => ({
    name: run && name && `${name}-${run}`.length > 60 ? name.slice(0, 8) : name,
    run,
    ttl,
  }));

type Props = fc.Arbitrary<Record<string, unknown>>;

/** A run on the GPUs of each node; with a pool CPU and memory may be left out. */
function runProps(cluster: Cluster, gpu: string): Props {
  return fc
    .tuple(
      podBaseProps(cluster.level),
      sparse(runFields),
      placed(cluster, gpu),
      fc.record({ ...containerProps, activeDeadline }, { requiredKeys: ['image', 'activeDeadline'] }),
      fc.record({ cpu, memory: largeSize }),
      fc.boolean(),
    )
    .map(([pod, run, place, container, resources, derived]) => ({
      ...pod,
      ...run,
      ...place,
      ...container,
      ...(place.pool !== undefined && derived ? {} : resources),
      ...(place.queue === undefined ? {} : { tolerations: undefined }),
      ...(container.command === undefined ? { preflight: undefined } : {}),
    }));
}

/** Props of a GpuTrainingJob. */
export function jobProps(cluster: Cluster): Props {
  return fc.tuple(runProps(cluster, 'gpu'), declared).map(([run, names]) => ({ ...run, ...names }));
}

const role = { cpu, memory: largeSize };
const parameterServers = fc.record({ ...role, replicas: fc.integer({ min: 1, max: 3 }) });
const tensorflowRoles = sparse({ chief: fc.record(role), parameterServers, evaluator: fc.record(role) });

/** Mostly with an MPI that the backend knows. */
function mpiOptions(backend: TrainingBackend): fc.Arbitrary<object> {
  const { mpi = [MpiImplementation.OPEN_MPI] } = BACKEND_TABLE[backend];
  return sparse({
    implementation: mostly(fc.constantFrom(...mpi), oneOf(MpiImplementation), 12),
    launcher: fc.record(role),
    sshHome: fc.constantFrom('/home/mpiuser', '/opt/a.b'),
  });
}

const rayOptions = sparse({ head: fc.record({ cpu, memory: largeSize }) });

function frameworksOf(backend: TrainingBackend): { readonly [name in Framework['name']]: fc.Arbitrary<Written> } {
  const ofMpi = mpiOptions(backend);
  return {
    pytorch: PYTORCH,
    tensorflow: BACKEND_TABLE[backend].roles
      ? call('Framework.tensorflow', Framework.tensorflow, tensorflowRoles)
      : call('Framework.tensorflow', Framework.tensorflow),
    jax: call('Framework.jax', Framework.jax),
    xgboost: call('Framework.xgboost', Framework.xgboost),
    plain: call('Framework.plain', Framework.plain),
    mpi: call('Framework.mpi', Framework.mpi, ofMpi),
    horovod: call('Framework.horovod', Framework.horovod, ofMpi),
    ray: call('Framework.ray', Framework.ray, rayOptions),
    deepspeed: call('Framework.deepspeed', Framework.deepspeed, ofMpi),
  };
}

const PYTORCH = call('Framework.pytorch', Framework.pytorch, maybe(rayOptions));
const OF_MPI: readonly Framework['name'][] = ['mpi', 'horovod', 'deepspeed'];

/** One that the backend runs with or without a launcher, and now and then another. */
function frameworks({ backend, isLaunched }: Asked): fc.Arbitrary<Written> {
  const all = frameworksOf(backend);
  const { frameworks: known, roles = [] } = BACKEND_TABLE[backend];
  const hasBoth = roles.includes(GangRole.LAUNCHER);
  const able = known.filter((name) => !hasBoth || OF_MPI.includes(name) === isLaunched).map((name) => all[name]);
  return mostly(fc.oneof(...able), fc.oneof(...Object.values(all)), 30);
}

/** A backend, and whether a launcher or head starts the program on the nodes, for which there must be one. */
interface Asked {
  readonly backend: TrainingBackend;
  readonly isLaunched: boolean;
}

function asked(
  backend: TrainingBackend,
  isLaunched = backend === TrainingBackend.MPI_JOB || backend === TrainingBackend.RAY_JOB,
): Asked {
  return { backend, isLaunched };
}

/** What no row of the table of backends would allow. */
function unable({ backend, isLaunched }: Asked): Partial<DistributedTrainingProps> {
  const { endsOnExitCodes, ttl } = BACKEND_TABLE[backend];
  const isVolcano = backend === TrainingBackend.VOLCANO_JOB;
  return {
    ...(isLaunched ? { preflight: undefined } : {}),
    ...(endsOnExitCodes ? {} : { failOnExitCodes: undefined, retryOutOfMemory: undefined }),
    ...(ttl ? {} : { ttl: undefined }),
    ...(isVolcano ? { queue: undefined, workloadPriorityClassName: undefined, schedulerName: undefined } : {}),
  };
}

/** Sizes that mostly go with the processes of a run, of which the number per node is not known here. */
function parallelism(numNodes: number): fc.Arbitrary<object | undefined> {
  const sound = fc.constantFrom({}, { pipeline: numNodes }, { context: numNodes, tensor: 1 }, { expert: numNodes });
  const sizes = fc.constantFrom(0, 1, 2, 8, 16, 17, 160000);
  const any = fc.record({ tensor: sizes, context: sizes, data: sizes, expertTensor: sizes }, { requiredKeys: [] });
  return mostly(fc.constant(undefined), mostly(sound, any, 6), 4);
}

/** Of levels that some queue knows, or every cluster, or nobody. */
function topologies({ profile }: Cluster): fc.Arbitrary<Written> {
  const levels = (profile?.queues ?? []).flatMap(({ topology = [] }) => topology);
  const level = mostly(fc.constantFrom('zone', 'zone', 'host', ...levels), fc.oneof(labelKey, anyText), 12);
  return fc.oneof(
    call('Topology.required', Topology.required, level),
    call('Topology.preferred', Topology.preferred, level),
    call('Topology.unconstrained', Topology.unconstrained),
  );
}

/** What makes a run elastic, now and then, where the backend has elastic runs. */
function elastic(backend: TrainingBackend, numNodes: number): fc.Arbitrary<Record<string, unknown>> {
  if (BACKEND_TABLE[backend].elastic === undefined)
    return mostly(fc.constant({}), fc.constant({ elastic: { minNodes: 1 } }));
  const bounds = {
    minNodes: mostly(fc.integer({ min: 1, max: numNodes }), fc.integer({ min: 0, max: 10001 }), 12),
    maxRestarts: fc.integer({ min: 0, max: 1001 }),
    startTimeout: seconds(7 * 86400),
    completionTimeout: seconds(7 * 86400),
  };
  const sound = fc.record({
    elastic: fc.record(bounds, { requiredKeys: ['minNodes'] }),
    framework: PYTORCH,
    checkpoints: call('Checkpoints.claim', Checkpoints.claim, dnsSubdomain),
    command: fc.constantFrom(['torchrun', 'train.py'], ['sh', '-c', 'exec torchrun $ARGS']),
    parallelism: fc.constantFrom(undefined, { tensor: 1 }),
    failOnExitCodes: mostly(fc.constant(undefined), fc.constant([3]), 12), // which torchrun would hide
  });
  return mostly(fc.constant({}), sound, 4);
}

function gangProps(cluster: Cluster, of: Asked): Props {
  const { backend, isLaunched } = of;
  const own = {
    framework: frameworks(of),
    numNodes: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }) },
      { weight: 1, arbitrary: fc.constantFrom(100, 10000) },
    ),
    numProcPerNode: mostly(fc.constantFrom(undefined, 1), fc.constantFrom(2, 16)),
    topology: mostly(fc.constant(undefined), topologies(cluster), 8),
    volcanoQueue: backend === TrainingBackend.VOLCANO_JOB ? maybe(dnsSubdomain) : fc.constant(undefined),
  };
  return fc
    .tuple(runProps(cluster, 'gpuPerNode'), fc.record(own))
    .map(([run, gang]): Record<string, unknown> => ({
      ...run,
      ...gang,
      ...(isLaunched ? { command: run.command ?? ['python3', 'train.py'] } : {}),
      backend,
      ...unable(of),
    }))
    .chain((props) => {
      const numNodes = Number(props.numNodes);
      return fc
        .tuple(parallelism(numNodes), elastic(backend, numNodes))
        .map(([sizes, given]) => ({ ...props, parallelism: sizes, ...given }));
    });
}

/** Props of a DistributedTraining with a backend; of one that has launchers for some frameworks, with or without one. */
export function distributedProps(cluster: Cluster, backend: TrainingBackend, isLaunched?: boolean): Props {
  const of = asked(backend, isLaunched);
  return fc.tuple(gangProps(cluster, of), declared).map(([gang, names]) => ({ ...gang, ...names, ...unable(of) }));
}

const expression = mostly(
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc.constantFrom('0 4 * * 0', '@weekly', '30 2 1 * *', '@every 90h', '0 0 1 jan *', '0 3 * * mon-fri'),
    },
    { weight: 2, arbitrary: fc.constantFrom(...corpus.schedules.map(({ schedule }) => schedule)) },
  ),
  anyText,
);

/** Props of a ScheduledRetrain. */
export function scheduleProps(cluster: Cluster): Props {
  const single: fc.Arbitrary<Written> = call('TrainingRun.single', TrainingRun.single, runProps(cluster, 'gpu'));
  const gang = call(
    'TrainingRun.distributed',
    TrainingRun.distributed,
    gangProps(cluster, asked(TrainingBackend.INDEXED_JOB)),
  );
  return fc.record(
    {
      schedule: call('Schedule.expression', Schedule.expression, expression),
      job: fc.oneof({ weight: 2, arbitrary: single }, { weight: 1, arbitrary: gang }),
      timeZone: mostly(
        fc.constantFrom(...TIME_ZONES),
        fc.oneof(anyText, fc.constantFrom('Local', 'EST5EDT', 'europe/zurich')),
      ),
      concurrencyPolicy: mostly(fc.constant(ConcurrencyPolicy.FORBID), oneOf(ConcurrencyPolicy), 3),
      startingDeadline: seconds(365 * 86400),
      successfulJobsHistoryLimit: fc.constantFrom(0, 1, 1000),
      failedJobsHistoryLimit: fc.constantFrom(0, 1, 1000),
      suspend: fc.boolean(),
      name: mostly(dnsLabel(52), anyText),
    },
    { requiredKeys: ['schedule', 'job'] },
  );
}
