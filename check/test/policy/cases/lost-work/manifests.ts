import { jobWith } from '../job-manifests';

export const GPU = 'resources: { limits: { nvidia.com/gpu: 1 } }';
export const CLAIM = 'volumes: [{ name: ckpt, persistentVolumeClaim: { claimName: fsx } }]';

/** A Job that trains on a GPU, with what its container has beside the command, and what its pods and itself have. */
export function training(container: string, pod = '', spec = 'backoffLimit: 0\nactiveDeadlineSeconds: 86400'): string {
  return jobWith({ spec, pod, container: `command: [python, train.py]\n${GPU}\n${container}` });
}

/** One that saves to a claim, where CHECKPOINT_DIR says. */
export function saving(pod = '', spec?: string): string {
  const container = `
env: [{ name: CHECKPOINT_DIR, value: /ckpt/run }]
volumeMounts: [{ name: ckpt, mountPath: /ckpt }]
`;
  return training(container, `${CLAIM}\n${pod}`, spec);
}

/** A claim with an access mode and a storage class. */
export function claim(name: string, mode: string, more = ''): string {
  return `
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: ml }
spec:
  accessModes: [${mode}]
  resources: { requests: { storage: 100Gi } }
${more.trim().replace(/^(?=.)/gm, '  ')}
`;
}
