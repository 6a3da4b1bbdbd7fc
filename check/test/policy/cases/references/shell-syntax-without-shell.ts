import { Severity } from '../../../../src/policy/finding';
import { shellSyntaxWithoutShell } from '../../../../src/policy/rules/references/shell-syntax-without-shell';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from '../security/trained';

export const SHELL_SYNTAX_WITHOUT_SHELL: RuleCase = {
  rule: shellSyntaxWithoutShell,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].args[0]': '&&' },
      at: 'spec.template.spec.containers[0].args[0]',
      says: /passes && to the program/,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'a shell reads it': TRAINED.replace('[python, train.py]', '[sh, -c]').replace('--lr=0.1', '"&&"') },
};
