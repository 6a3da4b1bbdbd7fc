import type { PodFacts } from './pod';

/** Labels of pods, with the keys that a controller gives values which are not known here. */
export interface PodLabels {
  readonly known: { readonly [key: string]: string };
  readonly isOpen: (key: string) => boolean;
}

const CONTROLLERS =
  /^(job-name|controller-uid|pod-template-hash|batch\.kubernetes\.io\/.+|training\.kubeflow\.org\/.+|jobset\.sigs\.k8s\.io\/.+|leaderworkerset\.sigs\.k8s\.io\/.+|(apps|statefulset)\.kubernetes\.io\/.+|volcano\.sh\/.+|ray\.io\/.+|trainer\.kubeflow\.org\/.+|serving\.kserve\.io\/.+|app\.kubernetes\.io\/.+)$/;

/** Labels of the pods of a role: those of the template, and those that the controller adds. */
export function podLabels(pod: PodFacts): PodLabels {
  const { resource } = pod.workload;
  const known: { [key: string]: string } = { ...pod.labels };
  if (resource.is('Job', 'batch') && !resource.name.endsWith('*')) {
    known['job-name'] = resource.name;
    known['batch.kubernetes.io/job-name'] = resource.name;
  } else if (resource.group === 'kubeflow.org') {
    known['training.kubeflow.org/job-name'] = resource.name;
    known['training.kubeflow.org/replica-type'] = pod.role.name.toLowerCase();
  } else if (resource.is('JobSet', 'jobset.x-k8s.io')) {
    known['jobset.sigs.k8s.io/jobset-name'] = resource.name;
    known['jobset.sigs.k8s.io/replicatedjob-name'] = pod.role.name;
  } else if (resource.is('LeaderWorkerSet', 'leaderworkerset.x-k8s.io')) {
    known['leaderworkerset.sigs.k8s.io/name'] = resource.name;
  }
  return { known, isOpen: (key) => pod.partial || (CONTROLLERS.test(key) && resource.group !== '') };
}
