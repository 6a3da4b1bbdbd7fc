import { Severity } from '../../../../src/policy/finding';
import { shellSwallowsSignal } from '../../../../src/policy/rules/lost-work/shell-swallows-signal';
import { CONTAINER, jobWith, POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${CONTAINER}.command[2]`;
const script = (text: string, pod = 'terminationGracePeriodSeconds: 120'): string =>
  jobWith({ pod, container: `command: [bash, -c, ${JSON.stringify(text)}]` });
const says = /starts its program from a shell in container main/;

export const SHELL_SWALLOWS_SIGNAL: RuleCase = {
  rule: shellSwallowsSignal,
  good: script('pip install x && exec python train.py'),
  flips: [
    { change: { [at]: 'pip install x && python train.py' }, at, says, severity: Severity.WARNING },
    {
      change: {
        [at]: 'cd /app; python train.py --exit-signal-handler',
        [`${POD}.terminationGracePeriodSeconds`]: undefined,
      },
      at,
      says,
      severity: Severity.WARNING,
    },
    {
      change: {
        [at]: 'cd /app; python train.py',
        [`${CONTAINER}.env`]: [{ name: 'SAVE_ON', value: 'SIGTERM' }],
        [`${POD}.terminationGracePeriodSeconds`]: undefined,
      },
      at,
      says,
      severity: Severity.WARNING,
    },
    {
      change: { [`${CONTAINER}.command`]: ['/bin/sh', '-euxc', 'cd /app; python train.py'] },
      at,
      says,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a program that reads a program': jobWith({
      pod: 'terminationGracePeriodSeconds: 120',
      container: "command: [python, -c, 'import train; train.main()']",
    }),
    'no command': jobWith({ pod: 'terminationGracePeriodSeconds: 120' }),
    'a container that runs first': jobWith({
      pod: "terminationGracePeriodSeconds: 120\ninitContainers: [{ name: fetch, image: 'a:1', command: [sh, -c, 'cd x; python fetch.py'] }]",
      container: 'command: [python, train.py]',
    }),
    'no training': script('cd x; ./migrate.sh').replaceAll('train', 'work'),
    'one command with an end of line': script('python train.py\n'),
    'a single command on several lines': script('python train.py \\\n  --epochs 3\n'),
    'a single command takes the place of the shell': script('python train.py'),
    'a trap': script("trap 'kill -TERM $PID' TERM; python train.py & PID=$!; wait"),
    'nothing says that it saves at the end': script('pip install x && python train.py', ''),
    'no shell': jobWith({ pod: 'terminationGracePeriodSeconds: 120', container: 'command: [python, train.py]' }),
    'a hook before the end': jobWith({
      pod: 'terminationGracePeriodSeconds: 120',
      container: `command: [sh, -c, 'cd x; python train.py']\nlifecycle: { preStop: { exec: { command: [save] } } }`,
    }),
  },
};
