/** Parts of a Job. */
export interface JobParts {
  /** Its metadata. */
  readonly metadata?: string;
  /** Fields of its spec beside the template. */
  readonly spec?: string;
  /** Fields of the spec of its pods beside the containers. */
  readonly pod?: string;
  /** Fields of its container beside name and image. */
  readonly container?: string;
}

const indented = (text: string, by: number): string => text.trim().replace(/^(?=.)/gm, ' '.repeat(by));

/** The least Job, and more of it: pieces of block YAML. */
export function jobWith({
  metadata = '{ name: train, namespace: ml }',
  spec = '',
  pod = '',
  container = '',
}: JobParts): string {
  return `
apiVersion: batch/v1
kind: Job
metadata: ${metadata}
spec:
${indented(spec, 2)}
  template:
    spec:
      restartPolicy: ${/^restartPolicy: (.*)$/m.exec(pod)?.[1] ?? 'Never'}
${indented(pod.replace(/^restartPolicy: .*$/m, ''), 6)}
      containers:
      - name: main
        image: registry.example.com/trainer:v1
${indented(container, 8)}
`.replace(/\n\s*\n/g, '\n');
}

/** Where its container stands. */
export const CONTAINER = 'spec.template.spec.containers[0]';
/** Where the spec of its pods stands. */
export const POD = 'spec.template.spec';
