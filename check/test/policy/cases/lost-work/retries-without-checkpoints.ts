import { Severity } from '../../../../src/policy/finding';
import { retriesWithoutCheckpoints } from '../../../../src/policy/rules/lost-work/retries-without-checkpoints';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { saving, training } from './manifests';

const at = 'spec.backoffLimit';

export const RETRIES_WITHOUT_CHECKPOINTS: RuleCase = {
  rule: retriesWithoutCheckpoints,
  good: training(''),
  flips: [
    {
      change: { [at]: 3 },
      at,
      says: /is tried again 3 times, and nothing says that it resumes/,
      severity: Severity.WARNING,
    },
    { change: { [at]: 1 }, at, says: /is tried again once/, severity: Severity.WARNING },
  ],
  silent: {
    'with checkpoints': saving('', 'backoffLimit: 3'),
    'an option to resume': training('args: [--resume_from_checkpoint, auto]', '', 'backoffLimit: 3'),
    'no training': jobWith({ spec: 'backoffLimit: 3', container: 'command: [./migrate.sh]' }).replaceAll(
      'train',
      'work',
    ),
    'a step of a workflow that is not tried again': `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: x- }
spec: { templates: [{ name: train, retryStrategy: { limit: '0' }, container: { image: 'a:1', command: [python, train.py] } }] }
`,
  },
};
