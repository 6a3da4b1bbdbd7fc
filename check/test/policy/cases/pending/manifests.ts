/** The least pod, with the resources of its container and more of its spec, in YAML on one line. */
export function podWith(resources: string, more = ''): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: trainer, namespace: ml }
spec:
  restartPolicy: Never
  containers:
  - name: main
    image: registry.example.com/trainer:v1
    resources: ${resources}
${more.replace(/^(?=.)/gm, '  ')}
`;
}

/** Where the resources of that container stand. */
export const RESOURCES = 'spec.containers[0].resources';

/** More of the spec of a pod that goes to GPU nodes. */
export const TOLERATION = 'tolerations: [{ key: nvidia.com/gpu, operator: Exists, effect: NoSchedule }]';

/** The JSON text of a cluster profile with pools. */
export function profileWith(pools: object, more: object = {}): string {
  return JSON.stringify({
    apiVersion: 'cdk8s-ml.dev/v1',
    kind: 'ClusterProfile',
    name: 'lab',
    provider: 'aws',
    components: ['karpenter'],
    pools,
    ...more,
  });
}

/** A pool of nodes with 8 H100. */
export const H100 = { gpu: 'h100-sxm', instanceType: 'p5.48xlarge', provisioner: 'karpenter' };
