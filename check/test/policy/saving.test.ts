import { Inventory } from '../../src/inventory/inventory';
import { sourceOf } from '../../src/inventory/source';
import { expanded, savePlaces } from '../../src/policy/rules/lost-work/checkpoint-contract';
import { fateOf } from '../../src/policy/rules/lost-work/save-fate';

/** The containers of the first pod of a manifest. */
const containers = (text: string) =>
  new Inventory(sourceOf('f.yaml', text).documents).pods.flatMap((pod) => pod.containers);
const job = (container: string, more = ''): string => `
apiVersion: batch/v1
kind: Job
metadata: { name: train }
spec: { template: { spec: { containers: [{ name: main, image: a, ${container} }]${more} } } }
`;
const places = (manifest: string): string[] =>
  containers(manifest).flatMap((each) => savePlaces(each).map(({ by, kind, written }) => `${by} ${kind} ${written}`));

describe('where a container says that it saves', () => {
  test.each<[string, string[]]>([
    ['CHECKPOINT_DIR, value: /data', ['CHECKPOINT_DIR checkpoint /data']],
    ['CKPT, value: /data', ['CKPT checkpoint /data']],
    ['MODEL_OUTPUT_DIR, value: data', ['MODEL_OUTPUT_DIR output data']],
    ['SAVE_PATH, value: s3://models/a', ['SAVE_PATH output s3://models/a']],
    ['CHECKPOINT_DIR', []],
    ['CHECKPOINT_DIR, value: ""', []],
    ['CHECKPOINT_DIR, value: -1', []],
    ['CHECKPOINT_DIR, value: "-a/b"', []],
    ['CHECKPOINT_DIR, value: "a b/c"', []],
    ['CHECKPOINT_DIR, value: "none"', []],
    ['CHECKPOINT_DIR, value: "100"', []],
    ['CHECKPOINT_DIR, value: none-yet', ['CHECKPOINT_DIR checkpoint none-yet']],
    ['CHECKPOINT_DIR, value: is-auto', ['CHECKPOINT_DIR checkpoint is-auto']],
    ['CHECKPOINT_DIR, value: models-', ['CHECKPOINT_DIR checkpoint models-']],
    ['CKPT, value: sharded', []],
    ['CKPT, value: $HOME', ['CKPT checkpoint $HOME']],
    ['INIT_CHECKPOINT_DIR, value: /data', []],
    ['CHECKPOINT_DIR, value: /data/a.safetensors', []],
    ['HOME, value: /data', []],
  ])('the variable %s: %j', (variable, expected) => {
    expect(places(job(`env: [{ name: ${variable} }]`))).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['--checkpoint-dir=/data', ['--checkpoint-dir checkpoint /data']],
    ['--checkpoint-dir /data', ['--checkpoint-dir checkpoint /data']],
    ['-save_path=/data', ['-save_path checkpoint /data']],
    ['trainer.default_root_dir=/data', ['trainer.default_root_dir checkpoint /data']],
    ['run.trainer.checkpoint_dir=/data', ['run.trainer.checkpoint_dir checkpoint /data']],
    ['--output_dir="/data"', ['--output_dir output /data']],
    ["--output_dir='/data'", ['--output_dir output /data']],
    ['--output_dir=/data"', ['--output_dir output /data"']],
    ['--output_dir=x"/data"', ['--output_dir output x"/data"']],
    ['output_dir /data', []],
    ['--output_dir', []],
    ['--output_dir --epochs', []],
    ['--output json', []],
    ['--output=/data/model.pt', []],
    ['--output_dir=/data#--x', ['--output_dir output /data#--x']],
    ['2--output_dir=/data', []],
    ['--resume=/data', []],
    [`--output_dir=/${'d'.repeat(4090)}`, []],
  ])('the words %s: %j', (words, expected) => {
    expect(places(job(`command: ${JSON.stringify(['train', ...words.split(' ')])}`))).toEqual(expected);
  });

  test('each place once, however it is written', () => {
    const env = 'env: [{ name: CHECKPOINT_DIR, value: /data }, { name: BASE, value: /data }]';
    const said = places(job(`${env}, args: [--output_dir=$(BASE), --save-dir=/other]`));
    expect(said).toEqual(['CHECKPOINT_DIR checkpoint /data', '--save-dir checkpoint /other']);
  });

  test.each([
    ['RayJob', 'rayClusterSpec', ['--output_dir output /data']],
    ['RayService', 'rayClusterConfig', []],
  ])('the entrypoint of a %s is what its head runs, if it has one', (kind, cluster, expected) => {
    expect(
      places(`
apiVersion: ray.io/v1
kind: ${kind}
metadata: { name: a }
spec:
  entrypoint: python a.py --output_dir=/data
  ${cluster}:
    headGroupSpec: { template: { spec: { containers: [{ name: head, image: a }] } } }
    workerGroupSpecs: [{ groupName: w, replicas: 1, template: { spec: { containers: [{ name: w, image: a }] } } }]
`),
    ).toEqual(expected);
  });
});

describe('variables in a text', () => {
  const env = `env: [${[
    'A, value: /a',
    'AB, value: /ab',
    'NESTED, value: $(A)/$(AB)',
    'LOOP, value: $(LOOP)x',
    '_X1, value: /x',
    'OUTSIDE, valueFrom: { fieldRef: { fieldPath: metadata.name } }',
  ]
    .map((each) => `{ name: ${each} }`)
    .join(', ')}]`;

  test.each([
    ['$(A)/x', '/a/x'],
    ['$(AB)/x', '/ab/x'],
    ['${AB}/x', '/ab/x'],
    ['${AB:-/y}/x', '/ab/x'],
    ['$AB/x', '/ab/x'],
    ['$_X1.x', '/x.x'],
    ['${_X1}x', '/xx'],
    ['$(NESTED)', '/a//ab'],
    ['$(LOOP)', '*xxxxx'],
    ['$(NOWHERE)/x', '*/x'],
    ['$(OUTSIDE)', '*'],
    ['$()', '*'],
    ['$1', '$1'],
    ['{{workflow.name}}/x', '*/x'],
    ['{{a}} {{b}}', '* *'],
    ['{{}}', '*'],
  ])('%s is %s', (text, expected) => {
    const [container] = containers(job(env));
    expect(expanded(text, container)).toBe(expected);
  });
});

describe('what becomes of what is saved', () => {
  const VOLUMES = `, volumes: [{ name: claim, persistentVolumeClaim: { claimName: c } }, { name: scratch, emptyDir: {} }]`;
  const fate = (path: string, container = '', more = VOLUMES): string => {
    const [main] = containers(job(`env: [{ name: CHECKPOINT_DIR, value: "${path}" }], ${container}`, more));
    const [place] = savePlaces(main);
    const found = fateOf(place);
    return 'mount' in found
      ? `volume ${found.mount.volumeName}`
      : 'path' in found
        ? `container ${found.path}`
        : found.to;
  };
  const mounts = 'volumeMounts: [{ name: claim, mountPath: /data }, { name: scratch, mountPath: /data/tmp }]';

  test.each([
    ['/data/run', 'volume claim'],
    ['/data', 'volume claim'],
    ['/data/tmp/run', 'volume scratch'],
    ['/database', 'container /database'],
    ['/out/', 'container /out'],
    ['file:///data/run', 'volume claim'],
    ['/x/file:///data', 'container /x/file:/data'],
    ['s3://bucket/run', 'elsewhere'],
    ['gs+v1.x://bucket/run', 'elsewhere'],
    ['dbfs:/run', 'elsewhere'],
    ['/a/s3://bucket', 'container /a/s3:/bucket'],
    ['1s://bucket', 'unknown'],
    ['~/run', 'unknown'],
    ['/run~', 'container /run~'],
    ['$(NOWHERE)/run', 'unknown'],
    ['/dev/shm', 'unknown'],
    ['/dev', 'unknown'],
    ['/proc/1', 'unknown'],
    ['/device/run', 'container /device/run'],
    ['/x/dev/run', 'container /x/dev/run'],
    ['/data/$(NOWHERE)/run', 'volume claim'],
    ['/out/$(NOWHERE)/run', 'container /out/*/run'],
    ['/$(NOWHERE)/run', 'unknown'],
    ['run/here', 'unknown'],
  ])('%s: %s', (path, expected) => {
    expect(fate(path, mounts)).toBe(expected);
  });

  test.each([
    ['no volume', '', 'container run/here'],
    ['a volume that goes with the pod', 'volumeMounts: [{ name: scratch, mountPath: /tmp }]', 'container run/here'],
    ['a claim', 'volumeMounts: [{ name: claim, mountPath: /tmp }]', 'unknown'],
    ['one of each', 'volumeMounts: [{ name: scratch, mountPath: /a }, { name: claim, mountPath: /b }]', 'unknown'],
    [
      'a claim that is only read',
      'volumeMounts: [{ name: claim, mountPath: /tmp, readOnly: true }]',
      'container run/here',
    ],
    ['a volume that there is not', 'volumeMounts: [{ name: other, mountPath: /tmp }]', 'unknown'],
    ['a working directory', 'workingDir: /app', 'container /app/run/here'],
    [
      'a working directory in a claim',
      'workingDir: /w, volumeMounts: [{ name: claim, mountPath: /w }]',
      'volume claim',
    ],
    ['a working directory that is none', 'workingDir: work', 'container run/here'],
  ])('a path from where the program starts, with %s', (_, container, expected) => {
    expect(fate('run/here', container)).toBe(expected);
  });

  test('a mount that nobody knows yet may hold it', () => {
    const open =
      'volumeMounts: [{ name: scratch, mountPath: /tmp }, { name: claim, mountPath: "{{inputs.parameters.to}}" }]';
    expect(fate('/out', open)).toBe('unknown');
  });

  test('a mount without its volume is not known', () => {
    expect(fate('/m/run', 'volumeMounts: [{ name: other, mountPath: /m }]')).toBe('unknown');
  });

  test.each([
    ['its own script', 'command: [sh, -c, "python a.py && aws s3 cp /out s3://b"]', 'elsewhere'],
    ['a word that only looks like it', 'command: [awful, s3cmdline]', 'container /out'],
  ])('%s may bring it out', (_, container, expected) => {
    expect(fate('/out', container)).toBe(expected);
  });

  test.each([
    ['name: uploader, image: b', 'scratch', 'elsewhere'],
    ['name: side, image: rclone/rclone', 'scratch', 'elsewhere'],
    ['name: side, image: b, args: [/tmp/run]', 'scratch', 'elsewhere'],
    ['name: side, image: b', 'scratch', 'volume scratch'],
    ['name: side', 'scratch', 'volume scratch'],
    ['name: uploader, image: b', 'claim', 'volume scratch'],
  ])('a container beside it, %s with the volume %s: %s', (other, volume, expected) => {
    const text = job(
      'env: [{ name: CHECKPOINT_DIR, value: /tmp/run }], volumeMounts: [{ name: scratch, mountPath: /tmp }]',
      VOLUMES,
    ).replace('}]' + VOLUMES, `}, { ${other}, volumeMounts: [{ name: ${volume}, mountPath: /x }] }]${VOLUMES}`);
    const [place] = savePlaces(containers(text)[0]);
    const found = fateOf(place);
    expect('mount' in found ? `volume ${found.mount.volumeName}` : found.to).toBe(expected);
  });

  test('one that has ended before the program starts does not', () => {
    const init = ', initContainers: [{ name: uploader, image: b, volumeMounts: [{ name: scratch, mountPath: /x }] }]';
    const mount = 'volumeMounts: [{ name: scratch, mountPath: /tmp }]';
    expect(fate('/tmp/run', mount, VOLUMES + init)).toBe('volume scratch');
  });

  const artifacts = (outputs: string): string => {
    const text = `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: w- }
spec:
  entrypoint: a
  templates:
  - { name: a, outputs: ${outputs}, container: { image: a, env: [{ name: CHECKPOINT_DIR, value: /out/run }] } }
`;
    return fateOf(savePlaces(containers(text)[0])[0]).to;
  };

  test.each([
    ['{ artifacts: [{ name: a, path: /out }] }', 'elsewhere'],
    ['{ artifacts: [{ name: a, path: /out/run/last }] }', 'elsewhere'],
    ['{ parameters: [{ name: a, valueFrom: { path: /out/run/loss } }] }', 'elsewhere'],
    ['{ artifacts: [{ name: a, path: /out/r }] }', 'container'],
    ['{ artifacts: [{ name: a }] }', 'container'],
    ['{}', 'container'],
  ])('Argo takes out %s: %s', (outputs, expected) => {
    expect(artifacts(outputs)).toBe(expected);
  });
});
