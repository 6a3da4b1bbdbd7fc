/** Who runs the nodes; decides which labels tell GPU models apart and how much notice a spot node gives. */
export enum Provider {
  /** Amazon EKS. */
  AWS = 'aws',
  /** Google GKE. */
  GCP = 'gcp',
  /** Azure AKS. */
  AZURE = 'azure',
  /** Anything else, with GPU feature discovery for the labels. */
  ON_PREMISES = 'on-premises',
}

/** What the cluster is for; decides how careful the defaults must be. */
export enum Stage {
  /** Users depend on it: one replica, a moving image tag or a floating model alias is `unsafe`. */
  PRODUCTION = 'production',
  /** Rehearsals of production. */
  STAGING = 'staging',
  /** Experiments. */
  DEVELOPMENT = 'development',
}

/** How manifests reach the cluster, and with that what must happen to runs that ended. */
export enum Delivery {
  /**
   * A tool keeps the cluster equal to Git (Argo CD, Flux, `kubectl apply` in CI).
   *
   * A declared run gets no TTL: its object is the record, and a deleted one would be run again by the next sync.
   */
  DECLARED = 'declared',
  /** Every manifest is created once, by hand or by a script: runs get a TTL. */
  CREATE_ONCE = 'create-once',
}

/** Operators and schedulers that a cluster may have. */
export enum Component {
  /** Kueue: queues and quotas for jobs. */
  KUEUE = 'kueue',
  /** Kubeflow Training Operator v1: PyTorchJob and its like. */
  TRAINING_OPERATOR = 'training-operator',
  /** Kubeflow MPI Operator: MPIJob v2beta1. */
  MPI_OPERATOR = 'mpi-operator',
  /** JobSet: groups of Jobs that live and restart together. */
  JOBSET = 'jobset',
  /** Kubeflow Trainer v2: TrainJob and its runtimes. */
  TRAINER = 'trainer',
  /** Argo Workflows: steps of pipelines and workflows on a schedule. */
  ARGO_WORKFLOWS = 'argo-workflows',
  /** KubeRay, from 1.6: RayJob. */
  KUBERAY = 'kuberay',
  /** Volcano: a scheduler that starts gangs whole, and its Job. */
  VOLCANO = 'volcano',
  /** Karpenter: nodes on demand. */
  KARPENTER = 'karpenter',
  /** Prometheus Operator. */
  PROMETHEUS_OPERATOR = 'prometheus-operator',
  /** Prometheus adapter or another server of custom.metrics.k8s.io. */
  CUSTOM_METRICS = 'custom-metrics',
  /** A server of external.metrics.k8s.io. */
  EXTERNAL_METRICS = 'external-metrics',
}

/** What runs a distributed job. */
export enum TrainingBackend {
  /** A plain Indexed Job with a headless Service; needs no operator. */
  INDEXED_JOB = 'indexed-job',
  /** PyTorchJob of the Kubeflow Training Operator v1. */
  PYTORCH_JOB = 'pytorch-job',
  /** JAXJob of the Kubeflow Training Operator v1. */
  JAX_JOB = 'jax-job',
  /** XGBoostJob of the Kubeflow Training Operator v1. */
  XGBOOST_JOB = 'xgboost-job',
  /** JobSet, which restarts a gang as a whole. */
  JOB_SET = 'job-set',
  /** TFJob of the Kubeflow Training Operator v1. */
  TF_JOB = 'tf-job',
  /** TrainJob of the Kubeflow Trainer v2, which makes a JobSet and restarts a gang as a whole. */
  TRAIN_JOB = 'train-job',
  /** MPIJob v2beta1 of the Kubeflow MPI Operator. */
  MPI_JOB = 'mpi-job',
  /**
   * MPIJob v1 of the Kubeflow Training Operator v1, where the cluster lacks the MPI operator: TRN060 (unsafe), since its launcher breaks the
   * Pod Security level restricted.
   */
  MPI_JOB_V1 = 'mpi-job-v1',
  /** RayJob of KubeRay: a Ray cluster for the run, on which it is started. */
  RAY_JOB = 'ray-job',
  /** Job of Volcano, which starts and restarts a gang as a whole. */
  VOLCANO_JOB = 'volcano-job',
}

/** What starts the pods of a gang together, or none of them, beside or instead of Kueue. */
export enum GangScheduler {
  /** The plugin Coscheduling of the project scheduler-plugins. */
  COSCHEDULING = 'coscheduling',
  /** Volcano. */
  VOLCANO = 'volcano',
  /** KAI, which makes a group itself of the pods that one object owns. Read from its sources; not tried. */
  KAI = 'kai',
  /**
   * The scheduler of Kubernetes itself: Workload (`scheduling.k8s.io/v1alpha1`) in 1.35, PodGroup (`scheduling.k8s.io/v1alpha2`) in 1.36.
   *
   * Alpha, behind feature gates that no cluster has by default, and another API in every version so far.
   */
  WORKLOAD_API = 'workload-api',
}

/** What serves a model. */
export enum ServingBackend {
  /** Deployment, Service and HorizontalPodAutoscaler; needs no operator. */
  DEPLOYMENT = 'deployment',
}

/** Whether nodes may be taken away at short notice. */
export enum CapacityType {
  /** Kept until given back. */
  ON_DEMAND = 'on-demand',
  /** Cheaper, and taken back within seconds or minutes of notice. */
  SPOT = 'spot',
  /** Booked ahead, such as a capacity reservation; kept until the booking ends. */
  RESERVED = 'reserved',
}

/** What makes the nodes of a pool. */
export enum Provisioner {
  /** Nodes that exist, or a node group that an autoscaler grows; nothing is rendered. */
  STATIC = 'static',
  /** A Karpenter NodePool, whose nodes carry the label `cdk8s-ml.dev/pool`. */
  KARPENTER = 'karpenter',
}

/** How many nodes may mount a volume, and for what. */
export enum AccessMode {
  /** One node, reading and writing. */
  READ_WRITE_ONCE = 'ReadWriteOnce',
  /** One pod, reading and writing. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',
  /** Many nodes, reading. */
  READ_ONLY_MANY = 'ReadOnlyMany',
  /** Many nodes, reading and writing. */
  READ_WRITE_MANY = 'ReadWriteMany',
}
