import type { Chart } from 'cdk8s';
import { Duration, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Acknowledge,
  AccessMode,
  Checkpoints,
  Component,
  ConcurrencyPolicy,
  DistributedTraining,
  Env,
  FaultModel,
  Framework,
  Gpu,
  GpuModel,
  GpuNodePool,
  GpuTrainingJob,
  ModelStore,
  Preflight,
  Queue,
  RestartScope,
  Schedule,
  ScheduledRetrain,
  SecurityProfile,
  Stage,
  TensorflowSuccess,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import type {
  ClusterProfileProps,
  DistributedTrainingProps,
  GpuTrainingJobProps,
  ScheduledRetrainProps,
} from 'cdk8s-ml';
import { chartWith, GANG, POOLS, SINGLE } from './fixtures';

const checkpoints = Checkpoints.claim('state');
type Profile = Partial<ClusterProfileProps>;

/** What synth says, or an empty text when it says nothing. */
function complaints(make: (chart: Chart) => void, profile?: Profile): string {
  const chart = chartWith(profile);
  try {
    make(chart);
    Testing.synth(chart);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const single = (props: Partial<GpuTrainingJobProps>, profile?: Profile) =>
  complaints((chart) => new GpuTrainingJob(chart, 'bert', { ...SINGLE, ...props }), profile);
const onPool = (pool: string, props: Partial<GpuTrainingJobProps>) =>
  complaints(
    (chart) => new GpuTrainingJob(chart, 'bert', { ...SINGLE, ...props, pool: GpuNodePool.fromProfile(chart, pool) }),
    POOLS,
  );
const gang = (props: Partial<DistributedTrainingProps>, profile?: Profile) =>
  complaints((chart) => new DistributedTraining(chart, 'llm', { ...GANG, ...props }), profile);
const cron = (expression: string, props: Partial<ScheduledRetrainProps> = {}) =>
  complaints(
    (chart) =>
      new ScheduledRetrain(chart, 'weekly', {
        schedule: Schedule.expression(expression),
        job: TrainingRun.single(SINGLE),
        ...props,
      }),
  );

const OPERATOR: Profile = {
  components: [Component.TRAINING_OPERATOR, Component.KUEUE],
  trainingBackend: TrainingBackend.PYTORCH_JOB,
};
const WEEKLY = '0 4 * * 0';

/** An elastic run, with all that it needs. */
const ELASTIC: Partial<DistributedTrainingProps> = {
  elastic: { minNodes: 2 },
  checkpoints,
  command: ['torchrun', 'train.py'],
};

const VOLCANO: Profile = {
  components: [Component.VOLCANO, Component.KUEUE],
  trainingBackend: TrainingBackend.VOLCANO_JOB,
};
const MPI: Profile = { components: [Component.MPI_OPERATOR], trainingBackend: TrainingBackend.MPI_JOB };

const TRAIN: Profile = { components: [Component.TRAINER], trainingBackend: TrainingBackend.TRAIN_JOB };
const onMpi = { framework: Framework.mpi(), command: ['mpirun', 'train'] };
const FAST = Preflight.bandwidth({ minBusBandwidth: 40 });
const BOTH_OPERATORS = [Component.TRAINING_OPERATOR, Component.MPI_OPERATOR];
const MPI_V1 = { framework: Framework.mpi(), command: ['mpirun', 'train'], backend: TrainingBackend.MPI_JOB_V1 };

const elastic = { elastic: { minNodes: 2 }, backend: TrainingBackend.PYTORCH_JOB, checkpoints };
const RAY: Profile = { components: [Component.KUBERAY] };
const minute = Duration.minutes(1);
const often = FaultModel.maintenance({ meanTimeBetweenInterruptions: Duration.hours(4) });
const onTensorflow = { framework: Framework.tensorflow(), backend: TrainingBackend.TF_JOB, checkpoints };
const saving = (seconds: number, interval?: number) =>
  Checkpoints.claim('state', {
    saveTime: Duration.seconds(seconds),
    saveInterval: interval === undefined ? undefined : Duration.seconds(interval),
  });

function withChief(success: TensorflowSuccess): [Partial<DistributedTrainingProps>, Profile] {
  const chief = { cpu: Cpu.units(4), memory: Size.gibibytes(16) };
  return [
    { framework: Framework.tensorflow({ chief, success }), backend: TrainingBackend.TF_JOB },
    { components: [Component.TRAINING_OPERATOR] },
  ];
}

const bugs = (command: string[], failOnExitCodes: number[] = [3]) => gang({ command, failOnExitCodes });
const hidden = /failOnExitCodes has 3, and command is torchrun/;

/** For every diagnostic: what it must say, and the nearest thing that is right. */
const CASES: [id: string, wrong: () => string, words: RegExp, right: () => string][] = [
  [
    'TRN001',
    () => single({ backoffLimit: 3 }),
    /backoffLimit is 3 but checkpoints is not set/,
    () => single({ backoffLimit: 3, checkpoints }),
  ],
  ['TRN002', () => single({ ttl: Duration.hours(1) }), /ttl is 3600 s/, () => single({})],
  [
    'TRN003',
    () => single({ activeDeadline: Duration.days(31) }),
    /activeDeadline is 31 days/,
    () => single({ activeDeadline: Duration.days(30) }),
  ],
  [
    'TRN004',
    () => single({ failOnExitCodes: [2, 2] }),
    /names a code twice/,
    () => single({ failOnExitCodes: [2, 3] }),
  ],
  [
    'TRN005',
    () => onPool('spot', { gpu: Gpu.l4(1) }),
    /pool spot has spot nodes/,
    () => onPool('spot', { gpu: Gpu.l4(1), checkpoints }),
  ],
  [
    'TRN006',
    () => onPool('spot', { gpu: Gpu.l4(1), checkpoints, terminationGracePeriod: Duration.seconds(111) }),
    /terminationGracePeriod is 111 s, and a pod on a spot node of aws gets 110 s/,
    () => onPool('spot', { gpu: Gpu.l4(1), checkpoints, terminationGracePeriod: Duration.seconds(110) }),
  ],
  [
    'TRN007',
    () => single({ workloadPriorityClassName: 'high' }),
    /workloadPriorityClassName is high but queue is not set/,
    () => single({ workloadPriorityClassName: 'high', queue: Queue.named('q') }),
  ],
  [
    'TRN008',
    () => cron('0 */4 * * *'),
    /activeDeadline is 18000 s, and the next run is due after 14400 s/,
    () => cron('0 */6 * * *'),
  ],
  ['TRN009', () => cron('0 0 31 2 *'), /'0 0 31 2 \*' names no day that exists/, () => cron('0 0 29 2 *')],
  ['TRN010', () => cron('0 4 * * 7'), /'0 4 \* \* 7' is not read/, () => cron(WEEKLY)],
  [
    'TRN011',
    () => cron(WEEKLY, { timeZone: 'Europe/Zurihc' }),
    /'Europe\/Zurihc', which is no IANA time zone \(did you mean 'Europe\/Zurich'\?\)/,
    () => cron(WEEKLY, { timeZone: 'Europe/Zurich' }),
  ],
  [
    'TRN012',
    () => cron('30 2 * * 0', { timeZone: 'Europe/Zurich' }),
    /when the clocks change/,
    () => cron('30 2 * * 0', { timeZone: 'Etc/UTC' }),
  ],
  ['TRN013', () => cron('0 4 1 * 1'), /fires on either/, () => cron('0 4 1 * *')],
  [
    'TRN014',
    () => cron(WEEKLY, { startingDeadline: Duration.seconds(9) }),
    /startingDeadline is 9 s/,
    () => cron(WEEKLY, { startingDeadline: Duration.seconds(10) }),
  ],
  [
    'TRN015',
    () => cron(WEEKLY, { concurrencyPolicy: ConcurrencyPolicy.ALLOW }),
    /concurrencyPolicy is Allow/,
    () => cron(WEEKLY, { concurrencyPolicy: ConcurrencyPolicy.FORBID }),
  ],
  [
    'TRN016',
    () => gang({ failOnExitCodes: [2] }, OPERATOR),
    /cannot end at once for exit codes 2/,
    () => gang({ failOnExitCodes: [2] }),
  ],
  [
    'TRN016',
    () => gang({ restartScope: RestartScope.GANG }),
    /restartScope is gang, and a Job restarts single pods only.*\n.*JOB_SET \('job-set'\), and add its component 'jobset'/,
    () => gang({ restartScope: RestartScope.POD }),
  ],
  [
    'TRN025',
    () => gang({ framework: Framework.xgboost() }),
    /command is not set, and framework xgboost starts it by a script/,
    () => gang({ framework: Framework.xgboost(), command: ['python3', 'train.py'] }),
  ],
  [
    'TRN026',
    () =>
      complaints((chart) => {
        const pool = GpuNodePool.fromProfile(chart, 'h100');
        return new DistributedTraining(chart, 'llm', { ...GANG, gpuPerNode: undefined, pool });
      }, POOLS),
    /pool is h100, which has GPUs, and gpuPerNode is not set/,
    () => gang({ gpuPerNode: undefined }),
  ],
  [
    'GPU008',
    () => gang({ gpuPerNode: undefined, cpu: undefined }),
    /cpu is not set, and neither is gpuPerNode/,
    () => gang({ gpuPerNode: undefined }),
  ],
  [
    'TRN023',
    () => gang({ framework: Framework.tensorflow(), numProcPerNode: 8 }),
    /numProcPerNode is 8, and framework tensorflow runs one process per pod/,
    () => gang({ framework: Framework.tensorflow(), numProcPerNode: 1 }),
  ],
  [
    'TRN024',
    () => gang(...withChief(TensorflowSuccess.ALL_WORKERS)),
    /success is all-workers, and the run has a chief/,
    () => gang(...withChief(TensorflowSuccess.CHIEF)),
  ],
  [
    'TRN023',
    () => gang({ framework: Framework.jax(), numProcPerNode: 8 }),
    /numProcPerNode is 8, and framework jax runs one process per pod/,
    () => gang({ framework: Framework.jax(), numProcPerNode: 1 }),
  ],
  [
    'TRN025',
    () => gang({ framework: Framework.mpi() }, MPI),
    /command is not set, and the launcher waits for the nodes/,
    () => gang({ framework: Framework.mpi(), command: ['mpirun', 'train'] }, MPI),
  ],
  [
    'TRN018',
    () =>
      gang(
        { framework: Framework.mpi(), command: ['mpirun', 'train'], backend: TrainingBackend.MPI_JOB },
        { components: [Component.TRAINING_OPERATOR] },
      ),
    /has no mpi-operator but that of the training-operator, MPIJob v1/,
    () => gang({ framework: Framework.mpi(), command: ['mpirun', 'train'] }, MPI),
  ],
  [
    'TRN031',
    () => gang({ schedulerName: 'default-scheduler' }, VOLCANO),
    /schedulerName is 'default-scheduler', and the gang of a Volcano Job/,
    () => gang({ schedulerName: 'volcano' }, VOLCANO),
  ],
  [
    'TRN032',
    () => gang({ volcanoQueue: 'research' }),
    /volcanoQueue is research, and backend is indexed-job/,
    () => gang({ volcanoQueue: 'research' }, VOLCANO),
  ],
  [
    'TRN019',
    () => gang({ queue: Queue.named('research') }, VOLCANO),
    /queue is research, and Kueue does not manage a Volcano Job/,
    () => gang({}, VOLCANO),
  ],
  [
    'TRN017',
    () => gang({ numProcPerNode: 3 }),
    /numProcPerNode is 3, and a pod has 8 GPUs/,
    () => gang({ numProcPerNode: 4 }),
  ],
  [
    'TRN040',
    () => gang({ parallelism: { tensor: 8, pipeline: 2 } }),
    /parallelism is tensor 8 x pipeline 2, and the run has 3 x 8 = 24 processes, which is no multiple of 16\.\n.*Take a number of nodes that 2 divides/,
    () => gang({ parallelism: { tensor: 8, pipeline: 3 } }),
  ],
  [
    'TRN040',
    () => gang({ parallelism: { tensor: 4, context: 2, data: 4 } }),
    /parallelism is tensor 4 x context 2 x data 4 = 32, and the run has 3 x 8 = 24 processes\.\n.*Set data to 3/,
    () => gang({ parallelism: { tensor: 4, context: 2, data: 3 } }),
  ],
  [
    'TRN040',
    () => gang({ numNodes: 4, parallelism: { tensor: 2, pipeline: 4, expert: 8 } }),
    /parallelism has experts on 8 x 2 GPUs of each of 4 stages, and a stage has 8/,
    () => gang({ numNodes: 4, parallelism: { tensor: 2, pipeline: 4, expert: 8, expertTensor: 1 } }),
  ],
  [
    'TRN041',
    () => gang({ numNodes: 2, parallelism: { tensor: 16 } }),
    /parallelism.tensor is 16, and a node has 8 processes.*\n.*Give a divisor of 8/,
    () => gang({ numNodes: 2, parallelism: { tensor: 8 } }),
  ],
  [
    'TRN041',
    () => gang({ parallelism: { tensor: 6 } }),
    /parallelism.tensor is 6, and a node has 8 processes: some layers are split between nodes/,
    () => gang({ parallelism: { tensor: 4 } }),
  ],
  [
    'TRN041',
    () => gang({ numNodes: 2, numProcPerNode: 4, parallelism: { tensor: 8 } }),
    /a node has 4 processes/,
    () => gang({ numNodes: 2, framework: Framework.jax(), parallelism: { tensor: 8 } }),
  ],
  [
    'TRN042',
    () => gang({ ...ELASTIC, elastic: { minNodes: 4 } }),
    /elastic.minNodes is 4, and numNodes, the most that there are, is 3\.\n.*Give 1 to 3/,
    () => gang({ ...ELASTIC, elastic: { minNodes: 3 } }),
  ],
  [
    'TRN042',
    () => gang({ ...ELASTIC, parallelism: { tensor: 8, pipeline: 3 } }),
    /with 2 to 3 nodes a copy of the model must not need more than one, and parallelism asks for 24 processes where a node has 8/,
    () => gang({ ...ELASTIC, elastic: { minNodes: 3 }, parallelism: { tensor: 8, pipeline: 3 } }),
  ],
  [
    'TRN042',
    () => gang({ ...ELASTIC, parallelism: { tensor: 8, data: 3 } }),
    /parallelism.data is 3, and with 2 to 3 nodes it changes/,
    () => gang({ ...ELASTIC, parallelism: { tensor: 8 } }),
  ],
  [
    'TRN042',
    () => gang({ ...ELASTIC, parallelism: { expert: 3 } }),
    /parallelism asks for 3 processes where a node has 8/,
    () => gang({ ...ELASTIC, parallelism: { expert: 4 } }),
  ],
  [
    'TRN043',
    () => gang({ ...ELASTIC, checkpoints: undefined }),
    /elastic is set and checkpoints is not set/,
    () => gang(ELASTIC),
  ],
  [
    'TRN016',
    () => gang({ ...ELASTIC, backend: TrainingBackend.JOB_SET }, { components: [Component.JOBSET] }),
    /elastic is set, and a JobSet with framework pytorch has a fixed number of nodes\.\n.*INDEXED_JOB/,
    () => gang({ ...ELASTIC, backend: TrainingBackend.PYTORCH_JOB }, OPERATOR),
  ],
  [
    'TRN025',
    () => gang({ ...ELASTIC, command: undefined }),
    /command is not set, and an elastic run starts it by a script/,
    () => gang(ELASTIC),
  ],
  [
    'TRN038',
    () => gang({ ...ELASTIC, queue: Queue.named('q'), elastic: { minNodes: 2, startTimeout: Duration.minutes(29) } }),
    /startTimeout is 29m, and Kueue waits 30m/,
    () => gang({ ...ELASTIC, queue: Queue.named('q'), elastic: { minNodes: 2, startTimeout: Duration.minutes(30) } }),
  ],
  [
    'TRN044',
    () => gang({ command: ['torchrun', '--nnodes=2', 'train.py'] }),
    /command gives torchrun --nnodes=2, and this run has 3/,
    () => gang({ command: ['torchrun', '--nnodes=3', '--nproc-per-node', '8', 'train.py', '--nnodes=2'] }),
  ],
  [
    'TRN044',
    () => gang({ ...ELASTIC, command: ['bash', '-c', 'exec torchrun --nnodes 3 train.py'] }),
    /command gives torchrun --nnodes=3, and this run has 2:3/,
    () => gang({ ...ELASTIC, command: ['bash', '-c', 'exec torchrun --nnodes 2:3 train.py'] }),
  ],
  [
    'TRN044',
    () => gang({ command: ['python', '-m', 'torch.distributed.run'], args: ['--nproc_per_node=4', 'train.py'] }),
    /command gives torchrun --nproc-per-node=4, and this run has 8/,
    () => gang({ command: ['torchrun', '--nproc-per-node=gpu', '-m', 'train', '--node-rank', '0'] }),
  ],
  [
    'TRN044',
    () => gang({ command: ['torchrun', '--nproc-per-node=auto', 'train.py'], numProcPerNode: 4 }),
    /command gives torchrun --nproc-per-node=auto, and this run has 4/,
    () => gang({ command: ['torchrun', '--nproc-per-node=$(PET_NPROC_PER_NODE)', 'train.py'], numProcPerNode: 4 }),
  ],
  [
    'TRN044',
    () => gang({ command: ['torchrun', '--node-rank=0', 'train.py'] }),
    /command gives torchrun --node-rank=0, and every node has the same command/,
    () => gang({ command: ['torchrun', '--node-rank=$(PET_NODE_RANK)', 'train.py'] }),
  ],
  [
    'TRN044',
    () => gang({ command: ['torchrun', '--standalone', 'train.py'] }),
    /command gives torchrun --standalone, and every node has the same command/,
    () => gang({ command: ['torchrun', '--standalone', 'train.py'], numNodes: 1 }),
  ],
  [
    'TRN018',
    () => gang({ backend: TrainingBackend.PYTORCH_JOB }),
    /no profile is attached that has training-operator/,
    () => gang({ backend: TrainingBackend.PYTORCH_JOB }, OPERATOR),
  ],
  [
    'TRN019',
    () => gang({ queue: Queue.named('research') }, OPERATOR),
    /does not manage kubeflow.org\/pytorchjob/,
    () => gang({ queue: Queue.named('research') }, { ...OPERATOR, kueueFrameworks: ['kubeflow.org/pytorchjob'] }),
  ],
  [
    'TRN005',
    () => single({ faultModel: FaultModel.spot() }),
    /faultModel is spot, and there are no durable checkpoints/,
    () => single({ faultModel: FaultModel.spot(), checkpoints }),
  ],
  [
    'TRN006',
    () =>
      single({ faultModel: FaultModel.maintenance({ notice: minute }), terminationGracePeriod: Duration.seconds(61) }),
    /terminationGracePeriod is 61 s, and a pod on a node in maintenance gets 60 s/,
    () => single({ faultModel: FaultModel.maintenance({ notice: minute }), terminationGracePeriod: minute }),
  ],
  [
    'TRN045',
    () => onPool('spot', { gpu: Gpu.l4(1), checkpoints: saving(111) }),
    /saveTime of checkpoints is 111 s, and a pod gets 110 s to stop/,
    () => onPool('spot', { gpu: Gpu.l4(1), checkpoints: saving(110) }),
  ],
  [
    'TRN045',
    () => single({ checkpoints: saving(700) }),
    /saveTime of checkpoints is 700 s, and a pod gets 600 s to stop.\n.*set a longer terminationGracePeriod/,
    () => single({ checkpoints: saving(700), terminationGracePeriod: Duration.seconds(700) }),
  ],
  [
    'TRN046',
    () => gang({ faultModel: FaultModel.spot(), ...onTensorflow }, OPERATOR),
    /faultModel is spot, and of a TFJob one drained pod ends the run/,
    () => gang({ ...onTensorflow }, OPERATOR),
  ],
  [
    'TRN046',
    () => gang({ faultModel: FaultModel.spot(), checkpoints, backoffLimit: 0 }),
    /backoffLimit is 0, and of a Job the others fail with a pod that is lost/,
    () => gang({ faultModel: FaultModel.spot(), checkpoints, backoffLimit: 1 }),
  ],
  [
    'TRN047',
    () => single({ checkpoints: saving(90, 4000), faultModel: often }),
    /saveInterval of checkpoints is 4000 s, and the run is interrupted every 14400 s.\n.*Save every 1609 s or so/,
    () => single({ checkpoints: saving(90, 3600), faultModel: often }),
  ],
  [
    'TRN047',
    () => single({ checkpoints: saving(90, 90) }),
    /saveInterval of checkpoints is 90 s, and saving takes 90 s/,
    () => single({ checkpoints: saving(90, 91) }),
  ],
  [
    'TRN049',
    () => single({ preflight: Preflight.rendezvous(), command: ['train'] }),
    /preflight is rendezvous, and the run has one pod/,
    () => single({ preflight: Preflight.devices(), command: ['train'] }),
  ],
  [
    'TRN049',
    () => gang({ preflight: Preflight.devices(), command: ['train'], gpuPerNode: undefined }),
    /preflight is devices, and the pods have no GPUs/,
    () => gang({ preflight: Preflight.rendezvous(), command: ['train'], gpuPerNode: undefined }),
  ],
  [
    'TRN049',
    () => gang({ preflight: Preflight.rendezvous(), command: ['train'], framework: Framework.tensorflow() }),
    /the pods of framework tensorflow have no first one/,
    () => gang({ preflight: Preflight.devices(), command: ['train'], framework: Framework.tensorflow() }),
  ],
  [
    'TRN049',
    () => gang({ preflight: Preflight.devices(), command: ['mpirun', 'train'], framework: Framework.mpi() }, MPI),
    /the nodes of framework mpi wait for a launcher/,
    () => gang({ command: ['mpirun', 'train'], framework: Framework.mpi() }, MPI),
  ],
  [
    'TRN049',
    () => gang({ ...onMpi, preflight: Preflight.rendezvous() }, TRAIN),
    /the nodes of framework mpi wait for a launcher/,
    () => gang({ framework: Framework.plain(), command: ['train'], preflight: Preflight.rendezvous() }, TRAIN),
  ],
  [
    'TRN050',
    () => gang({ ...onMpi, security: SecurityProfile.image() }, TRAIN),
    /security is of level image, and a TrainJob gives its SSH key to the group of the containers/,
    () => gang({ ...onMpi, security: SecurityProfile.restricted(1001) }, TRAIN),
  ],
  [
    'TRN050',
    () => gang({ ...onMpi, security: SecurityProfile.image() }, TRAIN),
    /Set security to SecurityProfile.restricted/,
    () => gang({ ...onMpi, security: SecurityProfile.image() }, MPI),
  ],
  [
    'TRN049',
    () => gang({ preflight: Preflight.devices(), command: ['train'], backend: TrainingBackend.RAY_JOB }, RAY),
    /the operator starts Ray on the nodes of a RayJob/,
    () => gang({ command: ['train'], backend: TrainingBackend.RAY_JOB }, RAY),
  ],
  [
    'TRN049',
    () => gang({ preflight: Preflight.rendezvous(), command: ['torchrun', 'train.py'], ...elastic }, OPERATOR),
    /all nodes must come, and elastic lets the run start with fewer/,
    () => gang({ preflight: Preflight.devices(), command: ['torchrun', 'train.py'], ...elastic }, OPERATOR),
  ],
  [
    'TRN025',
    () => single({ preflight: Preflight.devices() }),
    /command is not set, and the preflight starts it/,
    () => single({ preflight: Preflight.devices(), command: ['train'] }),
  ],
  [
    'TRN048',
    () => onPool('spot', { gpu: Gpu.l4(1), checkpoints, faultModel: FaultModel.maintenance() }),
    /faultModel is maintenance, and pool spot has spot nodes/,
    () => onPool('spot', { gpu: Gpu.l4(1), checkpoints, faultModel: FaultModel.spot() }),
  ],
  [
    'TRN049',
    () => gang({ preflight: FAST, framework: Framework.jax(), command: ['train'] }),
    /preflight is bandwidth, which PyTorch measures, and framework is jax/,
    () => gang({ preflight: FAST, command: ['train'] }),
  ],
  [
    'TRN049',
    () =>
      gang({
        preflight: FAST,
        gpuPerNode: undefined,
        cpu: Cpu.units(4),
        memory: Size.gibibytes(9),
        command: ['train'],
      }),
    /preflight is bandwidth, and the pods have no GPUs/,
    () => gang({ preflight: FAST, framework: Framework.deepspeed(), command: ['train'] }),
  ],
  [
    'TRN049',
    () => single({ preflight: FAST, gpu: Gpu.h100(1), command: ['train'] }),
    /preflight is bandwidth, and the run has one GPU/,
    () => single({ preflight: FAST, gpu: Gpu.h100(2), command: ['train'] }),
  ],
  [
    'TRN049',
    () => gang({ preflight: FAST, ...ELASTIC }),
    /preflight is bandwidth, for which all nodes must come/,
    () => gang({ preflight: Preflight.devices(), ...ELASTIC }),
  ],
  [
    'TRN060',
    () => gang(MPI_V1, { components: [Component.TRAINING_OPERATOR] }),
    /the backend is mpi-job-v1, whose launcher a namespace at the Pod Security level restricted refuses/,
    () => gang({ ...MPI_V1, backend: TrainingBackend.MPI_JOB }, MPI),
  ],
  [
    'TRN061',
    () => gang({ ...MPI_V1, backend: TrainingBackend.MPI_JOB }, { components: BOTH_OPERATORS }),
    /the backend is mpi-job, and the profile \w+ has the training-operator and the mpi-operator/,
    () => gang({ backend: TrainingBackend.PYTORCH_JOB }, { components: BOTH_OPERATORS }),
  ],
  [
    'TRN061',
    () => gang(MPI_V1, { components: BOTH_OPERATORS }),
    /Set backend to TrainingBackend\.MPI_JOB \('mpi-job'\)/,
    () => gang({ ...MPI_V1, backend: TrainingBackend.MPI_JOB }, MPI),
  ],
  ['TRN063', () => bugs(['torchrun', 'train.py']), hidden, () => bugs(['python', 'train.py'])],
  [
    'TRN063',
    () => bugs(['/opt/conda/bin/torchrun'], [1, 3, 139]),
    hidden,
    () => bugs(['torchrun', 'train.py'], [1, 139]),
  ],
  [
    'TRN063',
    () => bugs(['python3.11', '-u', '-m', 'torch.distributed.run', 'train.py']),
    hidden,
    () => bugs(['python3', 'own.py', '-m', 'torch.distributed.run']),
  ],
  [
    'TRN063',
    () => bugs(['bash', '-ec', 'cd /app && exec torchrun train.py']),
    hidden,
    () => bugs(['bash', '-c', 'torchrun train.py || exit 3']),
  ],
  [
    'TRN063',
    () => bugs(['sh', '-c', 'pip install x\ntorchrun \\\n train.py\n']),
    hidden,
    () => bugs(['sh', '-c', 'torchrun train.py; exec python check.py']),
  ],
  [
    'TRN063',
    () => single({ command: ['torchrun'], args: ['train.py'], failOnExitCodes: [3] }),
    hidden,
    () => single({ command: undefined, args: ['torchrun'], failOnExitCodes: [3] }),
  ],
  [
    'TRN063',
    () => gang({ command: ['torchrun', 'train.py'], failOnExitCodes: [Preflight.NO_DEVICES_EXIT_CODE] }),
    /failOnExitCodes has 69/,
    () =>
      gang({
        command: ['torchrun', 'train.py'],
        preflight: Preflight.devices(),
        failOnExitCodes: [Preflight.NO_DEVICES_EXIT_CODE],
      }),
  ],
];

describe('diagnostics of training', () => {
  test.each(CASES)('%s is reported with place, value and fix', (id, wrong, words) => {
    const message = wrong();
    expect(message).toMatch(new RegExp(`\\[team/(bert|llm|weekly)\\] ${id}: `));
    expect(message).toMatch(words);
    expect(message).toMatch(/Fix: .+\. ?.*\([a-z-]+\)/);
  });

  test.each(CASES)('%s is silent when things are right', (_id, _wrong, _words, right) => {
    expect(right()).toBe('');
  });

  test('TRN016 refuses another framework on a PyTorchJob; on a schedule too a kind needs its operator', () => {
    expect(gang({ framework: Framework.plain() }, OPERATOR)).toMatch(
      /TRN016: framework is plain, which a PyTorchJob does not run.*\n.*INDEXED_JOB/,
    );
    const job = TrainingRun.distributed({
      ...GANG,
      activeDeadline: Duration.hours(9),
      backend: TrainingBackend.PYTORCH_JOB,
    });
    expect(cron(WEEKLY, { job })).toMatch(/TRN018: the backend is pytorch-job, and no profile is attached/);
  });

  test('STO001 STO002 STO005 refuses claims that the nodes of a gang cannot share', () => {
    const onClaim = (accessMode: AccessMode) => gang({ checkpoints: Checkpoints.claim('state', { accessMode }) });
    expect(onClaim(AccessMode.READ_WRITE_ONCE)).toMatch(
      /STO001: claim state is ReadWriteOnce, and the run has 3 nodes/,
    );
    expect(onClaim(AccessMode.READ_WRITE_ONCE_POD)).toMatch(/STO005/);
    expect(onClaim(AccessMode.READ_ONLY_MANY)).toMatch(/STO002/);
    expect(onClaim(AccessMode.READ_WRITE_MANY)).toBe('');
    expect(single({ output: ModelStore.claim('models', { accessMode: AccessMode.READ_WRITE_ONCE }) })).toBe('');
  });

  test('STO003 reports checkpoints that go with the pod', () => {
    expect(single({ checkpoints: Checkpoints.ephemeral({ sizeLimit: Size.gibibytes(5) }) })).toMatch(/STO003/);
  });

  test('KUB008 keeps the variables of the construct and the operator to them', () => {
    expect(single({ checkpoints, env: { CHECKPOINT_DIR: Env.value('/elsewhere') } })).toMatch(
      /KUB008: env.CHECKPOINT_DIR is set/,
    );
    expect(gang({ env: { PET_NNODES: Env.value('9') } }, OPERATOR)).toMatch(/KUB008: env.PET_NNODES is set/);
  });

  test('KUB019 reports an image whose tag moves, in production only', () => {
    const image = 'registry.example.com:5000/trainer:latest';
    expect(single({ image }, { stage: Stage.PRODUCTION })).toMatch(/KUB019/);
    expect(single({ image }, { stage: Stage.STAGING })).toBe('');
  });

  test('GPU010 says that nothing tells a model apart, unless a pool or queue does', () => {
    const gb300 = Gpu.of(GpuModel.custom('gb300'), 1);
    expect(single({ gpu: gb300 })).toMatch(/GPU010: no node label is known that tells gb300 apart on on-premises/);
    expect(single({ gpu: gb300, queue: Queue.named('research') })).toBe('');
    expect(single({ gpu: Gpu.l4(1) })).toBe('');
  });

  test('GPU011 reports more GPUs than machines have, unless a pool has them', () => {
    expect(single({ gpu: Gpu.any(9) })).toMatch(/GPU011: a pod asks for 9 GPUs, and machines mostly have 8/);
    expect(single({ gpu: Gpu.any(8) })).toBe('');
  });

  test('GPU002 names the pool that could take the job', () => {
    expect(onPool('spot', { gpu: Gpu.any(8), checkpoints })).toMatch(
      /GPU002.*has 4\.\n.*Fix: Ask for at most 4 per pod, or take pool h100\./,
    );
  });

  test('all constructs report at once', () => {
    const message = complaints((chart) => {
      new GpuTrainingJob(chart, 'one', { ...SINGLE, backoffLimit: 3 });
      new GpuTrainingJob(chart, 'two', { ...SINGLE, activeDeadline: Duration.days(40), failOnExitCodes: [7, 7] });
    });
    expect(message).toMatch(/\[team\/one\] TRN001/);
    expect(message).toMatch(/\[team\/two\] TRN003/);
    expect(message).toMatch(/\[team\/two\] TRN004/);
  });

  test('an acknowledged one passes and leaves its reason on the object', () => {
    const chart = chartWith();
    const job = new GpuTrainingJob(chart, 'bert', { ...SINGLE, backoffLimit: 3 });
    Acknowledge.of(job).add('TRN001', 'Five minutes of work.');
    const [{ metadata }] = Testing.synth(chart) as { metadata: { annotations: object } }[];
    expect(metadata.annotations).toHaveProperty(
      ['cdk8s-ml.dev/waive-retries-without-checkpoints'],
      'Five minutes of work.',
    );
  });
});
