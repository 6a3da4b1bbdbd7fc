import { Inventory } from './inventory';
import type { Resource } from './resource';
import { schemasOf } from './schema/object-faults';
import { isDefinition } from './schema/schema-set';

// Kinds of Kubernetes 1.36 and those that it removed since 1.16, which manifests still have.
// https://kubernetes.io/docs/reference/kubernetes-api/
const BUILT_IN: { readonly [group: string]: string } = {
  '': 'Binding ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  'admissionregistration.k8s.io':
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  'apiextensions.k8s.io': 'CustomResourceDefinition',
  'apiregistration.k8s.io': 'APIService',
  apps: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'authentication.k8s.io': 'SelfSubjectReview TokenRequest TokenReview',
  'authorization.k8s.io': 'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  autoscaling: 'HorizontalPodAutoscaler Scale',
  batch: 'CronJob Job',
  'certificates.k8s.io': 'CertificateSigningRequest ClusterTrustBundle PodCertificateRequest',
  'coordination.k8s.io': 'Lease LeaseCandidate',
  'discovery.k8s.io': 'EndpointSlice',
  'events.k8s.io': 'Event',
  extensions: 'DaemonSet Deployment Ingress NetworkPolicy PodSecurityPolicy ReplicaSet',
  'flowcontrol.apiserver.k8s.io': 'FlowSchema PriorityLevelConfiguration',
  'networking.k8s.io': 'IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR',
  'node.k8s.io': 'RuntimeClass',
  policy: 'Eviction PodDisruptionBudget PodSecurityPolicy',
  'rbac.authorization.k8s.io': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'resource.k8s.io': 'DeviceClass DeviceTaintRule ResourceClaim ResourceClaimTemplate ResourceSlice',
  'scheduling.k8s.io': 'PodGroup PriorityClass Workload',
  'storage.k8s.io': 'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass',
  'storagemigration.k8s.io': 'StorageVersionMigration',
};

// Custom kinds that carry no pods, of which the inventory or a rule knows what they mean.
const CUSTOM: { readonly [group: string]: string } = {
  'argoproj.io': 'WorkflowTaskResult WorkflowTaskSet',
  'cdk8s-ml.dev': 'ClusterProfile',
  'karpenter.sh': 'NodePool NodeClaim',
  'keda.sh': 'ScaledObject ScaledJob TriggerAuthentication ClusterTriggerAuthentication',
  'kubeflow.org': 'Experiment',
  'kueue.x-k8s.io':
    'AdmissionCheck ClusterQueue Cohort LocalQueue ProvisioningRequestConfig ResourceFlavor Topology WorkloadPriorityClass',
  'monitoring.coreos.com': 'PodMonitor PrometheusRule ServiceMonitor',
  'scheduling.volcano.sh': 'PodGroup Queue',
  'scheduling.x-k8s.io': 'PodGroup',
  'serving.kserve.io': 'ClusterServingRuntime InferenceGraph ServingRuntime TrainedModel',
  'trainer.kubeflow.org': 'ClusterTrainingRuntime TrainingRuntime',
  'workload.codeflare.dev': 'AppWrapper',
};

const KNOWN: ReadonlySet<string> = new Set(
  [BUILT_IN, CUSTOM].flatMap((groups) =>
    Object.entries(groups).flatMap(([group, kinds]) => kinds.split(' ').map((kind) => `${group}/${kind}`)),
  ),
);

/** Objects of kinds of which nothing is known, so that only what all objects have is looked at; by apiVersion and kind. */
export function unknownKinds(inventory: Inventory): { apiVersion: string; kind: string; count: number }[] {
  const defined = new Set(
    inventory.resources.filter(isDefinition).map((crd) => {
      const spec = crd.at('spec');
      return `${spec.at('group').text}/${spec.at('names', 'kind').text}`;
    }),
  );
  const schemas = schemasOf(inventory);
  const isKnown = (resource: Resource): boolean => {
    const kind = `${resource.group}/${resource.kind}`;
    return (
      KNOWN.has(kind) || defined.has(kind) || Inventory.carriesPods(resource) || schemas.of(resource) !== undefined
    );
  };
  const found = new Map<string, { apiVersion: string; kind: string; count: number }>();
  for (const resource of inventory.resources) {
    if (isKnown(resource)) continue;
    const { apiVersion, kind } = resource;
    const known = found.get(`${apiVersion} ${kind}`) ?? { apiVersion, kind, count: 0 };
    known.count++;
    found.set(`${apiVersion} ${kind}`, known);
  }
  return [...found.values()];
}
