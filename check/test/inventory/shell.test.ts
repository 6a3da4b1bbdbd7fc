import { runsShell } from '../../src/inventory/shell';
import { inventoryOf } from './inventory-of';

const runs = (container: object): boolean =>
  runsShell(
    inventoryOf(
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a' },
        spec: { containers: [{ image: 'a', ...container }] },
      }),
    ).pods[0].containers[0],
  );

test.each<[object, boolean]>([
  [{}, true],
  [{ args: ['$HOME'] }, true],
  [{ command: ['python', 't.py'], source: 'print(1)' }, true],
  [{ command: ['sh', '-c', 'a'] }, true],
  [{ command: ['/bin/bash', '-c', 'a'] }, true],
  [{ command: ['/bin/zsh'] }, true],
  [{ command: ['tini', '--', 'python'] }, true],
  [{ command: ['/usr/bin/env', 'python'] }, true],
  [{ command: ['conda', 'run', 'python'] }, true],
  [{ command: ['python', 'wrap.py', '/bin/sh'] }, true],
  [{ command: ['python', 't.py'] }, false],
  [{ command: ['python', 'tini'] }, false],
  [{ command: ['python', 't.py'], args: ['sh'] }, false],
  [{ command: ['fish.sh'] }, false],
  [{ command: ['mytini'] }, false],
])('%j may run a shell: %j', (container, expected) => {
  expect(runs(container)).toBe(expected);
});
