import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// The script as a process of this machine; Ray is stood in for by ./ray-stub, so that Python alone is needed.

const SCRIPT = join(__dirname, '..', '..', '..', 'src', 'training', 'scripts', 'ray_launch.py');

/** What the script says, line by line in order, and how it ends. */
function launch(command: string[], env: { [name: string]: string } = {}) {
  const { PATH } = process.env;
  const { stdout, stderr, status } = spawnSync('python3', [SCRIPT], {
    encoding: 'utf8',
    env: {
      PATH,
      PYTHONPATH: join(__dirname, 'ray-stub'),
      NODES: '2',
      COMMAND: JSON.stringify(command),
      ...env,
    },
  });
  return { lines: stdout.trim().split('\n').sort(), said: stderr, code: status };
}

test('runs a program of Ray once, with its words as they were', () => {
  const command = [
    'sh',
    '-c',
    'printf "%s|" "$@"',
    'sh',
    'two words',
    '"quoted"',
    "it's",
    '$(DIR)/x',
    '$$(DIR)',
    '$(NO)',
  ];
  const { lines, code } = launch(command, { DIR: '/ckpt/"a b"' });
  expect(lines).toEqual(['two words|"quoted"|it\'s|/ckpt/"a b"/x|$(DIR)|$(NO)|']);
  expect(code).toBe(0);
});

test('hands the exit code of that program on', () => {
  expect(launch(['sh', '-c', 'exit 3']).code).toBe(3);
});

test('waits for all nodes, and runs a program of torchrun on each with its number and the address of the first', () => {
  const command = ['sh', '-c', 'echo "$PET_NODE_RANK at $PET_MASTER_ADDR:$PET_MASTER_PORT"'];
  const { lines, code } = launch(command, { PET_NNODES: '2', PET_MASTER_PORT: '29500' });
  expect(lines).toEqual([
    '0 at 10.0.0.0:29500',
    '1 at 10.0.0.0:29500',
    '1 of 2 nodes have joined',
    'asks for 8 GPUs of n0',
    'asks for 8 GPUs of n1',
  ]);
  expect(code).toBe(0);
});

test('ends with the exit code of the first program that fails, and does not wait for the others', () => {
  const command = ['sh', '-c', '[ "$PET_NODE_RANK" = 1 ] && exit 7; sleep 2'];
  const { said, code } = launch(command, { PET_NNODES: '2' });
  expect(said).toBe('the program on node 1 ended with exit code 7\n');
  expect(code).toBe(7);
});

test('ends with 128 and the signal that killed a program', () => {
  const { code } = launch(['sh', '-c', 'kill -9 $$$$'], { PET_NNODES: '1', NODES: '1' });
  expect(code).toBe(137);
});

test('fails when a node is lost', () => {
  const { said, code } = launch(['sh', '-c', 'sleep 2'], { PET_NNODES: '2', LOST: 'n1' });
  expect(said).toBe('node 1 is lost: its machine is gone\n');
  expect(code).toBe(1);
});

test('leaves the number of threads to the program, unless its pod has it', () => {
  const command = ['sh', '-c', 'echo "threads ${OMP_NUM_THREADS-as it likes}"'];
  const one = { PET_NNODES: '1', NODES: '1', OMP_NUM_THREADS: '1' };
  expect(launch(command, one).lines).toContain('threads as it likes');
});
