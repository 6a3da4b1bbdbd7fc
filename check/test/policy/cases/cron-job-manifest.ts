/** The least CronJob that trains on a GPU, with more fields of its spec, in block YAML. */
export function cronJobWith(spec: string, resources = '{ limits: { nvidia.com/gpu: 1 } }', name = 'retrain'): string {
  return `
apiVersion: batch/v1
kind: CronJob
metadata: { name: ${name}, namespace: ml }
spec:
${spec.trim().replace(/^/gm, '  ')}
  jobTemplate:
    spec:
      backoffLimit: 0
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: main
            image: registry.example.com/work:v1
            resources: ${resources}
`;
}
