/** What became of versions of an API. */
export interface ApiHistory {
  /** Group and version. */
  readonly apiVersion: string;
  /** Kinds that are meant; all of the group when it is not given. */
  readonly kinds?: readonly string[];
  /** Since when no server has it; undefined when it is still served, and will not be for long. */
  readonly goneSince?: string;
  /** What took its place. */
  readonly successor: string;
}

const gone = (apiVersion: string, goneSince: string, successor: string, ...kinds: readonly string[]): ApiHistory => ({
  apiVersion,
  goneSince,
  successor,
  ...(kinds.length > 0 ? { kinds } : {}),
});
const deprecated = (apiVersion: string, successor: string, ...kinds: readonly string[]): ApiHistory => ({
  apiVersion,
  successor,
  ...(kinds.length > 0 ? { kinds } : {}),
});

// https://kubernetes.io/docs/reference/using-api/deprecation-guide/
const KUBERNETES: readonly ApiHistory[] = [
  gone('extensions/v1beta1', 'Kubernetes 1.22', 'networking.k8s.io/v1', 'Ingress'),
  gone('extensions/v1beta1', 'Kubernetes 1.16', 'networking.k8s.io/v1', 'NetworkPolicy'),
  gone('extensions/v1beta1', 'Kubernetes 1.16', 'apps/v1', 'Deployment', 'DaemonSet', 'ReplicaSet'),
  gone('extensions/v1beta1', 'Kubernetes 1.25', 'Pod Security Admission', 'PodSecurityPolicy'),
  gone('apps/v1beta1', 'Kubernetes 1.16', 'apps/v1'),
  gone('apps/v1beta2', 'Kubernetes 1.16', 'apps/v1'),
  gone('batch/v1beta1', 'Kubernetes 1.25', 'batch/v1'),
  gone('batch/v2alpha1', 'Kubernetes 1.21', 'batch/v1'),
  gone('policy/v1beta1', 'Kubernetes 1.25', 'policy/v1', 'PodDisruptionBudget'),
  gone('policy/v1beta1', 'Kubernetes 1.25', 'Pod Security Admission', 'PodSecurityPolicy'),
  gone('autoscaling/v2beta1', 'Kubernetes 1.25', 'autoscaling/v2'),
  gone('autoscaling/v2beta2', 'Kubernetes 1.26', 'autoscaling/v2'),
  gone('networking.k8s.io/v1beta1', 'Kubernetes 1.22', 'networking.k8s.io/v1', 'Ingress', 'IngressClass'),
  gone('rbac.authorization.k8s.io/v1alpha1', 'Kubernetes 1.22', 'rbac.authorization.k8s.io/v1'),
  gone('rbac.authorization.k8s.io/v1beta1', 'Kubernetes 1.22', 'rbac.authorization.k8s.io/v1'),
  gone('scheduling.k8s.io/v1beta1', 'Kubernetes 1.22', 'scheduling.k8s.io/v1', 'PriorityClass'),
  gone('scheduling.k8s.io/v1alpha1', 'Kubernetes 1.17', 'scheduling.k8s.io/v1', 'PriorityClass'),
  gone('storage.k8s.io/v1beta1', 'Kubernetes 1.22', 'storage.k8s.io/v1', 'StorageClass', 'CSIDriver', 'CSINode'),
  gone('storage.k8s.io/v1beta1', 'Kubernetes 1.27', 'storage.k8s.io/v1', 'CSIStorageCapacity'),
  gone('apiextensions.k8s.io/v1beta1', 'Kubernetes 1.22', 'apiextensions.k8s.io/v1'),
  gone(
    'admissionregistration.k8s.io/v1beta1',
    'Kubernetes 1.22',
    'admissionregistration.k8s.io/v1',
    'MutatingWebhookConfiguration',
    'ValidatingWebhookConfiguration',
  ),
  gone('discovery.k8s.io/v1beta1', 'Kubernetes 1.25', 'discovery.k8s.io/v1'),
  gone('coordination.k8s.io/v1beta1', 'Kubernetes 1.22', 'coordination.k8s.io/v1'),
  gone('flowcontrol.apiserver.k8s.io/v1beta1', 'Kubernetes 1.26', 'flowcontrol.apiserver.k8s.io/v1'),
  gone('flowcontrol.apiserver.k8s.io/v1beta2', 'Kubernetes 1.29', 'flowcontrol.apiserver.k8s.io/v1'),
  gone('flowcontrol.apiserver.k8s.io/v1beta3', 'Kubernetes 1.32', 'flowcontrol.apiserver.k8s.io/v1'),
  gone('resource.k8s.io/v1alpha1', 'Kubernetes 1.27', 'resource.k8s.io/v1'),
  gone('resource.k8s.io/v1alpha2', 'Kubernetes 1.31', 'resource.k8s.io/v1'),
];

const OPERATORS: readonly ApiHistory[] = [
  // https://github.com/kubeflow/trainer/releases/tag/v1.3.0: the operators of single frameworks became one, with kubeflow.org/v1
  gone('kubeflow.org/v1alpha1', 'the training operator 1.3', 'kubeflow.org/v1', 'TFJob', 'PyTorchJob', 'XGBoostJob'),
  gone('kubeflow.org/v1alpha2', 'the training operator 1.3', 'kubeflow.org/v1', 'TFJob', 'PyTorchJob'),
  gone('kubeflow.org/v1beta1', 'the training operator 1.3', 'kubeflow.org/v1', 'TFJob', 'PyTorchJob'),
  gone('kubeflow.org/v1beta2', 'the training operator 1.3', 'kubeflow.org/v1', 'TFJob', 'PyTorchJob'),
  gone('xgboostjob.kubeflow.org/v1', 'the training operator 1.3', 'kubeflow.org/v1'),
  gone('xgboostjob.kubeflow.org/v1alpha1', 'the training operator 1.3', 'kubeflow.org/v1'),
  gone('kubeflow.org/v1alpha1', 'MPI operator 0.3', 'kubeflow.org/v2beta1', 'MPIJob'),
  gone('kubeflow.org/v1alpha2', 'MPI operator 0.3', 'kubeflow.org/v2beta1', 'MPIJob'),
  // https://github.com/kserve/kserve/releases/tag/v0.7.0: KFServing became KServe, and its group changed
  gone('serving.kubeflow.org/v1alpha2', 'KServe 0.7', 'serving.kserve.io/v1beta1'),
  gone('serving.kubeflow.org/v1beta1', 'KServe 0.7', 'serving.kserve.io/v1beta1'),
  gone('serving.kserve.io/v1alpha2', 'KServe 0.7', 'serving.kserve.io/v1beta1', 'InferenceService'),
  // https://github.com/kubernetes-sigs/karpenter/blob/v1.14.1/pkg/apis/crds/karpenter.sh_nodepools.yaml
  gone('karpenter.sh/v1alpha5', 'Karpenter 1.0', 'karpenter.sh/v1 (kind NodePool)'),
  gone('karpenter.sh/v1beta1', 'Karpenter 1.1', 'karpenter.sh/v1'),
  gone('karpenter.k8s.aws/v1alpha1', 'Karpenter 1.0', 'karpenter.k8s.aws/v1 (kind EC2NodeClass)'),
  gone('karpenter.k8s.aws/v1beta1', 'Karpenter 1.1', 'karpenter.k8s.aws/v1'),
  // https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/config/components/crd/bases
  gone(
    'kueue.x-k8s.io/v1alpha1',
    'Kueue 0.2',
    'kueue.x-k8s.io/v1beta2',
    'ClusterQueue',
    'LocalQueue',
    'ResourceFlavor',
  ),
  gone(
    'kueue.x-k8s.io/v1alpha2',
    'Kueue 0.3',
    'kueue.x-k8s.io/v1beta2',
    'ClusterQueue',
    'LocalQueue',
    'ResourceFlavor',
  ),
  deprecated('kueue.x-k8s.io/v1beta1', 'kueue.x-k8s.io/v1beta2'),
  gone('jobset.x-k8s.io/v1alpha1', 'JobSet 0.2', 'jobset.x-k8s.io/v1alpha2', 'JobSet'),
  // https://github.com/ray-project/kuberay/blob/v1.6.2/ray-operator/config/crd/bases/ray.io_rayclusters.yaml
  deprecated('ray.io/v1alpha1', 'ray.io/v1'),
  gone('keda.k8s.io/v1alpha1', 'KEDA 2.0', 'keda.sh/v1alpha1'),
  gone('external-secrets.io/v1alpha1', 'External Secrets 0.17', 'external-secrets.io/v1'),
  gone('external-secrets.io/v1beta1', 'External Secrets 0.17', 'external-secrets.io/v1'),
];

const BY_VERSION = new Map<string, readonly ApiHistory[]>();
for (const each of [...KUBERNETES, ...OPERATORS]) {
  BY_VERSION.set(each.apiVersion, [...(BY_VERSION.get(each.apiVersion) ?? []), each]);
}

/** What became of a kind's version; undefined when it is current, or nothing is known of it. */
export function apiHistory(apiVersion: string, kind: string): ApiHistory | undefined {
  return BY_VERSION.get(apiVersion)?.find(({ kinds }) => kinds === undefined || kinds.includes(kind));
}
