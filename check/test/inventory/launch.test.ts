import type { Launch } from '../../src/inventory/launch';
import { fieldSetting, launchesOf, variableSetting } from '../../src/inventory/launch';
import { inventoryOf } from './inventory-of';

const containerOf = (more: object) =>
  inventoryOf(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { containers: [{ name: 'main', image: 'a', ...more }] },
    }),
  ).pods[0].containers[0];

/** What a launch says, without what it leaves open. */
function told({ launcher, nodes, processesPerNode, processes, placesProcesses }: Launch): object {
  return {
    launcher,
    ...(nodes && { nodes: nodes.value ?? nodes.text }),
    ...(processesPerNode && { perNode: processesPerNode.value ?? processesPerNode.text }),
    ...(processes && { processes: processes.value ?? processes.text }),
    ...(placesProcesses && { places: true }),
  };
}
const launches = (...command: string[]): object[] => launchesOf(containerOf({ command })).map(told);
const script = (text: string): object[] => launches('sh', '-c', text);
const TORCHRUN = { launcher: 'torchrun' };

describe('what a container launches', () => {
  test.each<[string, string[], object[]]>([
    ['torchrun', ['torchrun', '--nnodes=2', '--nproc_per_node', '8', 't.py'], [{ ...TORCHRUN, nodes: 2, perNode: 8 }]],
    ['torchrun by path', ['/opt/bin/torchrun', '--nnodes=2', 't.py'], [{ ...TORCHRUN, nodes: 2 }]],
    ['its module', ['python', '-m', 'torch.distributed.run', '--nnodes=3', 't.py'], [{ ...TORCHRUN, nodes: 3 }]],
    ['accelerate', ['accelerate', 'launch', '--num_processes=6', 't.py'], [{ launcher: 'accelerate', processes: 6 }]],
    [
      'accelerate by path',
      ['/env/bin/accelerate', 'launch', '--num_machines=2'],
      [{ launcher: 'accelerate', nodes: 2 }],
    ],
    ['something like accelerate', ['my-accelerate', 'launch', '--num_machines=2'], []],
    ['accelerate of another name', ['accelerate2', 'launch', '--num_machines=2'], []],
    ['another launch', ['roslaunch', 'launch', '--num_machines=2'], []],
    ['launch first', ['launch', '--num_machines=2'], []],
    ['accelerate that is asked for something else', ['accelerate', 'config'], []],
    ['deepspeed with options', ['deepspeed', '--num_gpus=4', 't.py'], [{ launcher: 'deepspeed', perNode: 4 }]],
    ['deepspeed with a script', ['deepspeed', 't.py'], [{ launcher: 'deepspeed' }]],
    ['deepspeed with a variable', ['deepspeed', '$SCRIPT'], [{ launcher: 'deepspeed' }]],
    ['deepspeed as a word', ['echo', 'deepspeed', 'at-work'], []],
    ['deepspeed before a name like a script', ['echo', 'deepspeed', 'a.pyc'], []],
    ['deepspeed before a price', ['echo', 'deepspeed', 'US$'], []],
    ['deepspeed at the end', ['pip', 'show', 'deepspeed'], []],
    ['deepspeed after an option', ['echo', '-n', 'deepspeed', 'x'], []],
    ['a package of that name', ['pip', 'install', 'torchrun'], []],
    ['a launcher before the word install', ['torchrun', 'install'], [TORCHRUN]],
    [
      'mpirun',
      ['mpirun', '-np', '16', '-N', '8', 't'],
      [{ launcher: 'mpirun', perNode: 8, processes: 16, places: true }],
    ],
    ['mpirun with a map', ['mpirun', '--map-by=ppr:8:node', 't'], [{ launcher: 'mpirun', places: true }]],
    ['a program of no launcher', ['constructor'], []],
  ])('is told by %s', (_, command, expected) => {
    expect(launches(...command)).toEqual(expected);
  });

  test.each<[string, string, object[]]>([
    ['python', 'torchrun python x --nnodes=4', [TORCHRUN]],
    ['python3', 'torchrun python3 x --nnodes=4', [TORCHRUN]],
    ['a script', 'torchrun a.sh --nnodes=4', [TORCHRUN]],
    ['a module', 'torchrun -m a --nnodes=4', [TORCHRUN]],
    ['the next command', 'torchrun ; x --nnodes=4', [TORCHRUN]],
    ['a pipe', 'torchrun a | x --nnodes=4', [TORCHRUN]],
    ['what is done after a failure', 'torchrun a || x --nnodes=4', [TORCHRUN]],
    ['what only looks like a script', 'torchrun a.pyx --nnodes=4', [{ ...TORCHRUN, nodes: 4 }]],
    ['what only ends like a program', 'torchrun --tag xbash --nnodes=4', [{ ...TORCHRUN, nodes: 4 }]],
    ['what only begins like one', 'torchrun --tag shell --nnodes=4', [{ ...TORCHRUN, nodes: 4 }]],
  ])('has its options before %s', (_, text, expected) => {
    expect(script(text)).toEqual(expected);
  });

  test('is each launcher of a script, with the options that follow it', () => {
    const text = 'torchrun --nnodes=1 a.py && torchrun --nproc-per-node=2 b.py --nnodes=7';
    expect(script(text)).toEqual([
      { ...TORCHRUN, nodes: 1 },
      { ...TORCHRUN, perNode: 2 },
    ]);
  });

  test('is in the arguments and in the script of a step, too', () => {
    const container = containerOf({
      command: ['env'],
      args: ['torchrun', '--nnodes=2'],
      source: 'deepspeed --num_nodes 3',
    });
    expect(launchesOf(container).map(({ launcher, field }) => [launcher, field.place])).toEqual([
      ['torchrun', 'spec.containers[0].args[0]'],
      ['deepspeed', 'spec.containers[0].source'],
    ]);
  });

  test('does not take an option of another name, or what is none', () => {
    expect(launches('torchrun', '--max-nnodes=3', 'nnodes=4')).toEqual([TORCHRUN]);
    expect(launches('mpirun', '--x-np', '3')).toEqual([{ launcher: 'mpirun' }]);
    expect(launches('torchrun', '--nnodes')).toEqual([TORCHRUN]);
  });

  const withEnv = (value: string): object[] =>
    launchesOf(
      containerOf({
        command: ['torchrun', `--nnodes=${value}`, 't.py'],
        env: [
          { name: 'NODES', value: '3' },
          { name: 'FROM', valueFrom: {} },
        ],
      }),
    ).map(told);

  test.each<[string, number | string]>([
    ['$(NODES)', 3],
    ['${NODES}', 3],
    ['$NODES', 3],
    ['"$NODES"', 3],
    ["'4'", 4],
    ['"4', '"4'],
    ['"1:4"', '1:4'],
    ['x"4"', 'x"4"'],
    ['"4"x', '"4"x'],
    ['414', 414],
    ['1$NODES', '1$NODES'],
    ['$NODES:4', '$NODES:4'],
    ['$(OTHER)', '$(OTHER)'],
    ['$(FROM)', '$(FROM)'],
    ['a=b', 'a=b'],
    ['1234567890', '1234567890'],
    ['', ''],
  ])('%s nodes are %j', (written, nodes) => {
    expect(withEnv(written)).toEqual([{ ...TORCHRUN, nodes }]);
  });

  test('has where each number stands', () => {
    const container = containerOf({ command: ['torchrun'], args: ['--nnodes', '2', '--nproc-per-node=4'] });
    const [{ nodes, processesPerNode }] = launchesOf(container);
    expect(nodes?.field.place).toBe('spec.containers[0].args[1]');
    expect(processesPerNode?.field.place).toBe('spec.containers[0].args[2]');
  });
});

test('a setting is the first variable that the container sets to a text', () => {
  const container = containerOf({
    env: [
      { name: 'A', valueFrom: {} },
      { name: 'B', value: 'auto' },
      { name: 'C', value: '3' },
    ],
  });
  expect(variableSetting(container, 'A', 'C', 'B')).toMatchObject({ text: '3', value: 3 });
  expect(variableSetting(container, 'B')).toMatchObject({ text: 'auto', value: undefined });
  expect(variableSetting(container, 'C')?.field.place).toBe('spec.containers[0].env[2].value');
  expect(variableSetting(container, 'A', 'D')).toBeUndefined();
});

test('a setting is the number or text of a field', () => {
  const { field } = containerOf({ n: 4, text: 'auto', digits: '6', half: 1.5, none: null });
  expect(fieldSetting(field.at('n'))).toMatchObject({ text: '4', value: 4 });
  expect(fieldSetting(field.at('text'))).toMatchObject({ text: 'auto', value: undefined });
  expect(fieldSetting(field.at('digits'))).toMatchObject({ text: '6', value: 6 });
  expect(fieldSetting(field.at('half'))).toMatchObject({ text: '', value: undefined });
  expect(fieldSetting(field.at('none'))).toBeUndefined();
  expect(fieldSetting(undefined)).toBeUndefined();
});
