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
  ],
  silent: {
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
