import { Severity } from '../../../../src/policy/finding';
import { undefinedVolume } from '../../../../src/policy/rules/pending/undefined-volume';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${CONTAINER}.volumeMounts[0].name`;

export const UNDEFINED_VOLUME: RuleCase = {
  rule: undefinedVolume,
  good: jobWith({
    pod: 'volumes: [{ name: data, emptyDir: {} }]',
    container: 'volumeMounts: [{ name: data, mountPath: /data }]',
  }),
  flips: [
    { change: { [at]: 'dataset' }, at, says: /mounts the volume dataset in container main/, severity: Severity.ERROR },
  ],
  silent: {
    'a claim template of a StatefulSet': `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: x }
spec:
  template: { spec: { containers: [{ name: main, image: 'a:1', volumeMounts: [{ name: data, mountPath: /data }] }] } }
  volumeClaimTemplates: [{ metadata: { name: data } }]
`,
    'volumes and claim templates of a workflow': `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: x- }
spec:
  volumes: [{ name: shared, emptyDir: {} }]
  volumeClaimTemplates: [{ metadata: { name: work } }]
  templates:
  - name: a
    volumes: [{ name: own, emptyDir: {} }]
    container:
      image: a:1
      volumeMounts:
      - { name: shared, mountPath: /shared }
      - { name: work, mountPath: /work }
      - { name: own, mountPath: /own }
`,
    'a claim template of a JobSet': `
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: x }
spec:
  volumeClaimPolicies: [{ templates: [{ metadata: { name: data } }] }]
  replicatedJobs:
  - name: node
    template: { spec: { template: { spec: { containers: [{ name: a, image: 'a:1', volumeMounts: [{ name: data, mountPath: /d }] }] } } } }
`,
    'a runtime that is not here may have it': `
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: x }
spec: { predictor: { model: { modelFormat: { name: onnx }, volumeMounts: [{ name: cache, mountPath: /cache }] } } }
`,
  },
  cluster: 'rejects',
};
