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
