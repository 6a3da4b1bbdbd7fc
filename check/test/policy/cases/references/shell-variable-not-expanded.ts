import { Severity } from '../../../../src/policy/finding';
import { shellVariableNotExpanded } from '../../../../src/policy/rules/references/shell-variable-not-expanded';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from '../security/trained';

export const SHELL_VARIABLE_NOT_EXPANDED: RuleCase = {
  rule: shellVariableNotExpanded,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].env[1].value': '/logs/${NAME}' },
      at: 'spec.template.spec.containers[0].env[1].value',
      says: /has \$\{NAME\}, which is not expanded/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.template.spec.containers[0].env[1].value': '$PATH:/logs' },
      at: 'spec.template.spec.containers[0].env[1].value',
      says: /has \$PATH/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.template.spec.containers[0].args[0]': '--name=$NAME' },
      at: 'spec.template.spec.containers[0].args[0]',
      says: /has \$NAME/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a shell does it': TRAINED.replace('[python, train.py]', '[sh, -c, "python train.py --name=$NAME"]'),
    'the operator starts a shell that reads them': `
apiVersion: serving.kserve.io/v1alpha1
kind: LLMInferenceService
metadata: { name: chat, namespace: ml }
spec:
  model: { uri: 'hf://a/b' }
  template: { containers: [{ name: main, env: [{ name: ADDRESS, value: a }, { name: VLLM_ADDITIONAL_ARGS, value: '--host \${ADDRESS}' }] }] }
`,
    'a name of the program itself': TRAINED.replace('/logs/$(NAME)', '${java.home}'),
  },
};
