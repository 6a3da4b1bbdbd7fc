import { Severity } from '../../../../src/policy/finding';
import { undefinedVariable } from '../../../../src/policy/rules/references/undefined-variable';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from '../security/trained';

export const UNDEFINED_VARIABLE: RuleCase = {
  rule: undefinedVariable,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].args[1]': '--name=$(OTHER)' },
      at: 'spec.template.spec.containers[0].args[1]',
      says: /uses \$\(OTHER\), which is not defined/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.template.spec.containers[0].env[0].value': '$(LOG)' },
      at: 'spec.template.spec.containers[0].env[0].value',
      says: /\$\(LOG\), which is not defined before/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a controller defines it': TRAINED.replace('$(NAME)]', '$(WORLD_SIZE)]'),
    'the text itself': TRAINED.replace('$(NAME)]', '$$$$(OTHER)]'),
  },
};
