import type { Field } from '../../../inventory/field';
import { jobSpecsOf } from '../../../inventory/job-specs';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy */
const MOST_RULES = 20;

export const podFailurePolicy: Rule<Scope.OBJECT> = {
  name: 'pod-failure-policy',
  group: Group.CLUTTER,
  packs: [Group.LOST_WORK],
  facts: ['ML-LIFE-010'],
  scope: Scope.OBJECT,
  why: 'The API server refuses a pod failure policy that contradicts the rest of its Job. https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy',
  fix: 'Set restartPolicy to Never, name containers that exist, and list exit codes once each, in order, without 0.',
  check: (object) =>
    jobSpecsOf(object).flatMap((spec) => {
      const rules = spec.at('podFailurePolicy', 'rules');
      if (!spec.at('podFailurePolicy').exists) return [];
      return [
        ...restartRemarks(spec),
        ...(rules.items.length > MOST_RULES
          ? [error(rules, `has ${rules.items.length} rules in its podFailurePolicy, more than ${MOST_RULES}.`)]
          : []),
        ...rules.items.flatMap((rule) => [
          ...indexRemarks(spec, rule),
          ...exitCodeRemarks(spec, rule.at('onExitCodes')),
        ]),
      ];
    }),
};

function restartRemarks(spec: Field): Remark[] {
  const restartPolicy = spec.at('template', 'spec', 'restartPolicy');
  if (restartPolicy.text !== 'OnFailure') return []; // others are refused in any Job
  return [error(restartPolicy, `has a podFailurePolicy with the restartPolicy ${restartPolicy.text}.`)];
}

function indexRemarks(spec: Field, rule: Field): Remark[] {
  const action = rule.at('action');
  if (action.text !== 'FailIndex' || spec.at('backoffLimitPerIndex').exists) return [];
  return [error(action, 'has the action FailIndex and no backoffLimitPerIndex.')];
}

function exitCodeRemarks(spec: Field, onExitCodes: Field): Remark[] {
  const container = onExitCodes.at('containerName');
  const values = onExitCodes.at('values');
  const codes = values.items.flatMap(({ integer }) => integer ?? []);
  const pod = spec.at('template', 'spec');
  const names = ['containers', 'initContainers'].flatMap((key) =>
    pod.at(key).items.map((each) => each.at('name').text),
  );
  return [
    ...(container.text !== undefined && !names.includes(container.text)
      ? [error(container, `names the container ${container.text}, which the pod does not have.`)]
      : []),
    ...(codes.some((code, index) => index > 0 && code <= codes[index - 1])
      ? [error(values, `lists the exit codes ${codes.join(', ')}, which are not in order, once each.`)]
      : []),
    ...(codes.includes(0) && onExitCodes.at('operator').text === 'In'
      ? [error(values, 'lists the exit code 0, which is success.')]
      : []),
  ];
}
