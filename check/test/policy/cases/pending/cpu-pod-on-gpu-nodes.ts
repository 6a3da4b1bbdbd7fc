import { Severity } from '../../../../src/policy/finding';
import { cpuPodOnGpuNodes } from '../../../../src/policy/rules/pending/cpu-pod-on-gpu-nodes';
import type { RuleCase } from '../../rule-case';
import { podWith, TOLERATION } from './manifests';

const CPU = '{ requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } }';
const selector = 'spec.nodeSelector';
const pinned = "nodeSelector: { nvidia.com/gpu.present: 'true' }";

export const CPU_POD_ON_GPU_NODES: RuleCase = {
  rule: cpuPodOnGpuNodes,
  good: podWith(CPU, 'nodeSelector: { kubernetes.io/arch: amd64 }'),
  flips: Object.entries({
    'cloud.google.com/gke-accelerator': 'nvidia-l4',
    'nvidia.com/gpu.product': 'NVIDIA-L4',
    'karpenter.k8s.aws/instance-gpu-name': 'l4',
    'node.kubernetes.io/instance-type': 'p5.48xlarge',
  }).map(([label, value]) => ({
    change: { [selector]: { [label]: value } },
    at: `${selector}['${label}']`,
    says: /asks for GPU nodes by .* and for no GPU/,
    severity: Severity.WARNING,
  })),
  silent: {
    'with a GPU': podWith('{ limits: { nvidia.com/gpu: 1 } }', pinned),
    'nodes without GPUs': podWith(CPU, "nodeSelector: { nvidia.com/gpu.present: 'false' }"),
    'a fraction by annotation': podWith(CPU, pinned).replace(
      'namespace: ml',
      "namespace: ml, annotations: { gpu-fraction: '0.5' }",
    ),
    'a claim of dynamic resource allocation': podWith(
      CPU,
      `${pinned}\nresourceClaims: [{ name: gpu, resourceClaimTemplateName: gpu }]`,
    ),
    'all that the runtime sees': podWith(CPU, pinned).replace(
      'main\n',
      'main\n    env: [{ name: NVIDIA_VISIBLE_DEVICES, value: all }]\n',
    ),
    'an exporter': podWith(CPU, pinned).replace('trainer,', 'dcgm-exporter,'),
    'a pod of the cluster itself': podWith(CPU, pinned).replace('namespace: ml', 'namespace: kube-system'),
    'a DaemonSet': `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: warmer }
spec:
  selector: { matchLabels: { app: warmer } }
  template:
    metadata: { labels: { app: warmer } }
    spec: { nodeSelector: { nvidia.com/gpu.present: 'true' }, containers: [{ name: main, image: 'example.com/warmer:v1' }] }
`,
    'it only tolerates the taint, which is another finding': podWith(CPU, TOLERATION),
  },
};
