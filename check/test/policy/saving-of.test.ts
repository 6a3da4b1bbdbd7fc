import { Inventory } from '../../src/inventory/inventory';
import { sourceOf } from '../../src/inventory/source';
import { savingOf } from '../../src/policy/rules/lost-work/saving';

/** What the first workload of a manifest says of saving. */
function saving(text: string): string {
  const inventory = new Inventory(sourceOf('f.yaml', text).documents);
  return savingOf(inventory.workloads[0], inventory);
}
const job = (container = '', pod = '', metadata = ''): string => `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml${metadata} }
spec: { template: { spec: { containers: [{ name: main, image: a${container} }]${pod} } } }
`;
const map = (data: string, namespace = 'ml'): string => `---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: ${namespace} }
data: { ${data} }
`;

describe('a run says that it can be continued', () => {
  test.each([
    [', args: [--resume]'],
    [', args: ["--load=/x"]'],
    [', env: [{ name: CKPT, value: /x }]'],
    [', env: [{ name: DIR, value: /x/checkpoints }]'],
    [', env: [{ name: CHECKPOINT_DIR, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]'],
    [', volumeMounts: [{ name: a, mountPath: /ckpt }]'],
    [', volumeMounts: [{ name: snapshots, mountPath: /a }]'],
    [', volumeMounts: [{ name: a, mountPath: /a, subPath: ckpt }]'],
  ])('by%s', (container) => {
    expect(saving(job(container))).toBe('resumes');
  });

  test.each([
    ['the name of a volume', job('', ', volumes: [{ name: ckpt, emptyDir: {} }]')],
    ['the name of a claim', job('', ', volumes: [{ name: a, persistentVolumeClaim: { claimName: ckpt } }]')],
    ['an annotation', job('', '', ', annotations: { example.com/checkpoints: a }')],
    [
      'the configuration that it mounts',
      job('', ', volumes: [{ name: a, configMap: { name: settings } }]') + map('"a.yaml": "resume: true"'),
    ],
    ['variables of a ConfigMap', job(', envFrom: [{ configMapRef: { name: settings } }]') + map('CKPT: /x')],
    [
      'the entrypoint of Ray',
      'apiVersion: ray.io/v1\nkind: RayJob\nmetadata: { name: a }\nspec: { entrypoint: python train.py --resume }\n',
    ],
    [
      'the environment of Ray',
      'apiVersion: ray.io/v1\nkind: RayJob\nmetadata: { name: a }\nspec: { runtimeEnvYAML: "env_vars: { CKPT: /x }" }\n',
    ],
  ])('by %s', (_, text) => {
    expect(saving(text)).toBe('resumes');
  });
});

test('a run says that it saves, and not that it can be continued', () => {
  expect(saving(job(', args: [--output_dir, /out]'))).toBe('saves');
  expect(saving(job('', ', volumes: [{ name: a, configMap: { name: settings } }]') + map('a: "save_path: /x"'))).toBe(
    'saves',
  );
});

test('a run says nothing', () => {
  expect(
    saving(job(', args: [--epochs, "3"], env: [{ name: A, value: b }], volumeMounts: [{ name: a, mountPath: /a }]')),
  ).toBe('nothing');
  expect(saving(job('', '', ', annotations: { cdk8s-ml.dev/waive-rare-checkpoints: because }'))).toBe('nothing');
  expect(saving(job(', envFrom: [{ configMapRef: { name: settings } }]') + map('A: b'))).toBe('nothing');
  expect(saving(job('', ', volumes: [{ name: a, configMap: {} }]') + map('CKPT: /x'))).toBe('nothing');
  const elsewhere = 'spec: { entrypoint: python train.py --resume, template:';
  expect(saving(job().replace('spec: { template:', elsewhere))).toBe('nothing');
});

test('what is not here may say it', () => {
  expect(saving(job(', envFrom: [{ configMapRef: { name: settings } }]'))).toBe('unknown');
  expect(saving(job(', envFrom: [{ configMapRef: { name: settings } }]') + map('CKPT: /x', 'other'))).toBe('unknown');
  const two = job(' }, { name: side, image: b, envFrom: [{ configMapRef: { name: settings } }]');
  expect(saving(two)).toBe('unknown');
});
