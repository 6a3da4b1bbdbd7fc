import { Severity } from '../../../../src/policy/finding';
import { unusedVolume } from '../../../../src/policy/rules/pending/unused-volume';
import { CONTAINER, jobWith, POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${POD}.volumes[0]`;

export const UNUSED_VOLUME: RuleCase = {
  rule: unusedVolume,
  good: jobWith({
    pod: 'volumes: [{ name: checkpoints, persistentVolumeClaim: { claimName: fsx } }]',
    container: 'volumeMounts: [{ name: checkpoints, mountPath: /ckpt }]',
  }),
  flips: [
    {
      change: { [`${CONTAINER}.volumeMounts`]: undefined },
      at,
      says: /has the volume checkpoints, which no container mounts/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${CONTAINER}.volumeMounts`]: undefined, [at]: { name: 'checkpoints', emptyDir: {} } },
      at,
      says: /which no container mounts/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'used as a device': jobWith({
      pod: 'volumes: [{ name: disk, persistentVolumeClaim: { claimName: disk } }]',
      container: 'volumeDevices: [{ name: disk, devicePath: /dev/x }]',
    }),
    'for a container that a webhook adds': jobWith({ pod: 'volumes: [{ name: gke-gcsfuse-tmp, emptyDir: {} }]' }),
    'the steps of a workflow share its volumes': `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: x- }
spec:
  volumes: [{ name: shared, emptyDir: {} }]
  templates: [{ name: a, container: { image: 'a:1' } }]
`,
  },
};
