import { Severity } from '../../../../src/policy/finding';
import { duplicateStep } from '../../../../src/policy/rules/pipelines/duplicate-step';
import { emptyStep } from '../../../../src/policy/rules/pipelines/empty-step';
import { pastedParameter } from '../../../../src/policy/rules/pipelines/pasted-parameter';
import { skippedOutput } from '../../../../src/policy/rules/pipelines/skipped-output';
import { stepCycle } from '../../../../src/policy/rules/pipelines/step-cycle';
import { stepName } from '../../../../src/policy/rules/pipelines/step-name';
import { undeclaredParameter } from '../../../../src/policy/rules/pipelines/undeclared-parameter';
import { unknownStep } from '../../../../src/policy/rules/pipelines/unknown-step';
import { unknownTemplate } from '../../../../src/policy/rules/pipelines/unknown-template';
import type { RuleCase } from '../../rule-case';

/** A graph of three tasks, the last of which takes what the second has found. */
const GRAPH = `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: train-, namespace: ml }
spec:
  entrypoint: main
  onExit: say
  serviceAccountName: trainer
  activeDeadlineSeconds: 3600
  arguments: { parameters: [{ name: dataset, value: images }] }
  templates:
  - name: main
    dag:
      tasks:
      - name: prepare
        template: say
        arguments: { parameters: [{ name: text, value: "{{workflow.parameters.dataset}}" }] }
      - name: train
        template: say
        dependencies: [prepare]
        arguments: { parameters: [{ name: text, value: now }] }
      - name: deploy
        template: say
        depends: train.Succeeded && !prepare.Failed
        arguments: { parameters: [{ name: text, value: "{{tasks.train.outputs.result}}" }] }
  - name: say
    inputs: { parameters: [{ name: text, value: done }] }
    container:
      image: registry.example.com/tool:v1
      command: [sh, -c, 'echo "$TEXT"']
      env: [{ name: TEXT, value: "{{inputs.parameters.text}}" }]
`;
const TASKS = 'spec.templates[0].dag.tasks';
const SAY = 'spec.templates[1]';

const STEPS = `
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: { name: train, namespace: ml }
spec:
  templates:
  - name: main
    steps:
    - - name: look
        template: say
    - - name: act
        template: say
        when: "{{steps.look.outputs.result}} == yes"
  - name: say
    suspend: {}
`;

export const STEP_CYCLE: RuleCase = {
  rule: stepCycle,
  good: GRAPH,
  flips: [
    {
      change: { [`${TASKS}[0].dependencies`]: ['train'] },
      at: `${TASKS}[0].dependencies`,
      says: /has tasks that wait for each other: prepare, train, deploy/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${TASKS}[2].depends`]: 'deploy.Succeeded' },
      at: `${TASKS}[2].depends`,
      says: /wait for each other: deploy/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'steps in groups': STEPS },
};

export const UNKNOWN_STEP: RuleCase = {
  rule: unknownStep,
  good: GRAPH,
  flips: [
    {
      change: { [`${TASKS}[1].dependencies[0]`]: 'prepair' },
      at: `${TASKS}[1].dependencies`,
      says: /waits for prepair, which is no step of the template \(did you mean 'prepare'\?\)/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${TASKS}[2].depends`]: 'train.Succeeded || test.Failed' },
      at: `${TASKS}[2].depends`,
      says: /waits for test/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${TASKS}[2].arguments.parameters[0].value`]: '{{tasks.training.outputs.result}}' },
      at: `${TASKS}[2].arguments.parameters[0].value`,
      says: /takes an output of training/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'steps in groups': STEPS,
    'an expression that is filled in': GRAPH.replace(
      'depends: train.Succeeded',
      'depends: "{{inputs.parameters.x}}" #',
    ),
  },
};

export const DUPLICATE_STEP: RuleCase = {
  rule: duplicateStep,
  good: GRAPH,
  flips: [
    {
      change: { [`${TASKS}[1].name`]: 'prepare', [`${TASKS}[2].name`]: 'train' },
      at: `${TASKS}[1].name`,
      says: /has two steps named prepare/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${SAY}.name`]: 'main' },
      at: `${SAY}.name`,
      says: /has two templates named main/,
      severity: Severity.ERROR,
    },
  ],
};

export const UNKNOWN_TEMPLATE: RuleCase = {
  rule: unknownTemplate,
  good: GRAPH,
  flips: [
    {
      change: { 'spec.entrypoint': 'mian' },
      at: 'spec.entrypoint',
      says: /calls the template mian, which it does not have \(did you mean 'main'\?\)/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.onExit': 'clean' },
      at: 'spec.onExit',
      says: /calls the template clean/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${TASKS}[0].template`]: 'fetch' },
      at: `${TASKS}[0].template`,
      says: /calls the template fetch/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'the templates are elsewhere': `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: train- }
spec: { entrypoint: main, workflowTemplateRef: { name: train } }
`,
    'a template of another object': GRAPH.replace('template: say', 'templateRef: { name: a, template: fetch }'),
    'a name that is filled in': GRAPH.replace('template: say', 'template: "{{inputs.parameters.step}}"'),
  },
};

export const EMPTY_STEP: RuleCase = {
  rule: emptyStep,
  good: GRAPH,
  flips: [
    {
      change: { [`${SAY}.container`]: undefined },
      at: SAY,
      says: /has the template say, which does nothing/,
      severity: Severity.ERROR,
    },
    {
      change: { [TASKS]: [] },
      at: 'spec.templates[0].dag',
      says: /has the template main without a step/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.entrypoint': undefined },
      at: 'spec.entrypoint',
      says: /does not say with which template it starts/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'a template for others to call': STEPS },
};

export const STEP_NAME: RuleCase = {
  rule: stepName,
  good: GRAPH,
  flips: [
    {
      change: { [`${TASKS}[2].name`]: 'deploy.model' },
      at: `${TASKS}[2].name`,
      says: /has a step name "deploy.model", which Argo refuses/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${SAY}.name`]: 'x'.repeat(129) },
      at: `${SAY}.name`,
      says: /has a template name of 129 characters/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${SAY}.inputs.parameters[0].name`]: 'a text' },
      at: `${SAY}.inputs.parameters[0].name`,
      says: /has a parameter name "a text"/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'an underscore in a parameter': GRAPH.replaceAll('name: text', 'name: the_text') },
};

export const UNDECLARED_PARAMETER: RuleCase = {
  rule: undeclaredParameter,
  good: GRAPH,
  flips: [
    {
      change: { [`${SAY}.container.env[0].value`]: '{{inputs.parameters.message}}' },
      at: `${SAY}.container.env[0].value`,
      says: /takes message, which is no input/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${SAY}.container.env[0].value`]: '{{inputs.artifacts.model.path}}' },
      at: `${SAY}.container.env[0].value`,
      says: /takes model, which is no input/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${TASKS}[0].arguments.parameters[0].value`]: '{{workflow.parameters.data}}' },
      at: `${TASKS}[0].arguments.parameters[0].value`,
      says: /takes data, which is no argument of the workflow/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'whoever submits the template may give it': STEPS.replace('== yes', '== {{workflow.parameters.answer}}'),
    'braces of another language': GRAPH.replace('value: now', 'value: "{{ .Values.x }} {{ user }}"'),
  },
};

export const PASTED_PARAMETER: RuleCase = {
  rule: pastedParameter,
  good: GRAPH,
  flips: [
    {
      change: { [`${SAY}.container.command[2]`]: 'echo {{inputs.parameters.text}}' },
      at: `${SAY}.container.command[2]`,
      says: /pastes inputs.parameters.text into the script of say/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${SAY}.container.command`]: ['bash', '-ec'], [`${SAY}.container.args`]: ['echo {{item}}'] },
      at: `${SAY}.container.args[0]`,
      says: /pastes item/,
      severity: Severity.WARNING,
    },
    {
      change: {
        [`${SAY}.container`]: undefined,
        [`${SAY}.script`]: {
          image: 'registry.example.com/tool:v1',
          command: ['python'],
          source: 'print("{{workflow.parameters.dataset}}")',
        },
      },
      at: `${SAY}.script.source`,
      says: /pastes workflow.parameters.dataset/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'what the workflow says itself': GRAPH.replace('echo "$TEXT"', 'echo {{inputs.parameters.text}}')
      .replace('{{workflow.parameters.dataset}}', '{{item}}')
      .replace('      - name: prepare\n', '      - name: prepare\n        withItems: [a, b]\n')
      .replace('{{tasks.train.outputs.result}}', '{{workflow.name}}'),
    'an argument of a program': GRAPH.replace(/command: .*/, 'command: [echo, "{{inputs.parameters.text}}"]'),
    'the name of the workflow': GRAPH.replace('echo "$TEXT"', 'echo {{workflow.name}}'),
    'an argument behind the script': GRAPH.replace(
      /command: .*/,
      `command: [sh, -c, 'echo "$1"', sh, "{{inputs.parameters.text}}"]`,
    ),
  },
};

export const PASTED_RESULT: RuleCase = {
  rule: pastedParameter,
  good: GRAPH.replace('{{workflow.parameters.dataset}}', 'images'),
  flips: [
    {
      change: { [`${SAY}.container.command[2]`]: 'echo {{inputs.parameters.text}}' },
      at: `${SAY}.container.command[2]`,
      says: /pastes inputs.parameters.text into the script of say/,
      severity: Severity.INFO,
    },
  ],
};

export const SKIPPED_OUTPUT: RuleCase = {
  rule: skippedOutput,
  good: GRAPH,
  flips: [
    {
      change: { [`${TASKS}[1].when`]: '"{{workflow.parameters.dataset}}" == images', [`${TASKS}[2].depends`]: 'train' },
      at: `${TASKS}[2].arguments.parameters[0].value`,
      says: /takes an output of train, which may be skipped/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'it waits for success': GRAPH.replace('dependencies: [prepare]', 'dependencies: [prepare]\n        when: "a == b"'),
    'skipped together': STEPS.replace(
      'template: say\n    - -',
      'template: say\n        when: "{{steps.look.outputs.result}} == yes"\n    - -',
    ),
  },
};

const CHOSEN = STEPS.replace(
  'when: "{{steps.look.outputs.result}} == yes"',
  'arguments: { parameters: [{ name: text, value: "{{steps.look.outputs.result}}" }] }',
);

export const SKIPPED_OUTPUT_OF_STEPS: RuleCase = {
  rule: skippedOutput,
  good: CHOSEN,
  flips: [
    {
      change: { 'spec.templates[0].steps[0][0].when': 'a == b' },
      at: 'spec.templates[0].steps[1][0].arguments.parameters[0].value',
      says: /takes an output of look, which may be skipped/,
      severity: Severity.WARNING,
    },
  ],
};
