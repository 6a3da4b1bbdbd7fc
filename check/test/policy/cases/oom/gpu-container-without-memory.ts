import { Severity } from '../../../../src/policy/finding';
import { gpuContainerWithoutMemory } from '../../../../src/policy/rules/oom/gpu-container-without-memory';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${CONTAINER}.resources.requests.memory`;
const GPU = 'resources: { limits: { nvidia.com/gpu: 1 } }';

export const GPU_CONTAINER_WITHOUT_MEMORY: RuleCase = {
  rule: gpuContainerWithoutMemory,
  good: jobWith({ container: 'resources: { requests: { memory: 16Gi }, limits: { nvidia.com/gpu: 1 } }' }),
  flips: [
    {
      change: { [at]: undefined },
      at,
      says: /holds accelerators in container main and asks for no memory/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a limit is a request as well': jobWith({
      container: 'resources: { limits: { memory: 16Gi, nvidia.com/gpu: 1 } }',
    }),
    'no accelerators': jobWith({}),
    'given to the pod as a whole': jobWith({ pod: 'resources: { requests: { memory: 16Gi } }', container: GPU }),
    'given by a LimitRange': `${jobWith({ container: GPU })}
---
apiVersion: v1
kind: LimitRange
metadata: { name: defaults, namespace: ml }
spec: { limits: [{ type: Container, defaultRequest: { memory: 16Gi } }] }
`,
    'a runtime that is not here may give it': `
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: x }
spec: { predictor: { model: { modelFormat: { name: huggingface }, resources: { limits: { nvidia.com/gpu: 1 } } } } }
`,
  },
};
