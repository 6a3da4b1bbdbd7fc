import { Severity } from '../../../../src/policy/finding';
import { missingField } from '../../../../src/policy/rules/reading/missing-field';
import { unknownField } from '../../../../src/policy/rules/reading/unknown-field';
import { unknownValue } from '../../../../src/policy/rules/reading/unknown-value';
import { wrongType } from '../../../../src/policy/rules/reading/wrong-type';
import type { Flip, RuleCase } from '../../rule-case';

const POD = `
apiVersion: v1
kind: Pod
metadata: { name: one, labels: { app: one } }
spec:
  restartPolicy: Never
  terminationGracePeriodSeconds: 5
  hostNetwork: false
  containers:
  - name: main
    image: example.com/main:v1
    env: [{ name: LEVEL, value: debug }]
    ports: [{ name: http, containerPort: 8080 }]
    resources: { requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } }
    readinessProbe: { httpGet: { path: /, port: http } }
`;
const MAIN = 'spec.containers[0]';
const error = (at: string, value: Flip['change'][string], says: RegExp): Flip => ({
  change: { [at]: value },
  at,
  says,
  severity: Severity.ERROR,
});

const WRONG_TYPE: RuleCase = {
  rule: wrongType,
  good: POD,
  flips: [
    error('metadata.labels.app', true, /metadata.labels.app is true where a text is expected/),
    error('spec.terminationGracePeriodSeconds', '5s', /is '5s' where a whole number is expected/),
    error('spec.terminationGracePeriodSeconds', 1.5, /is 1.5 where a whole number is expected/),
    error('spec.hostNetwork', 'no', /is 'no' where true or false is expected/),
    error('spec.containers', {}, /is an object where a list is expected/),
    error(`${MAIN}.env`, 'LEVEL=debug', /where a list is expected/),
    error(`${MAIN}.env[0].value`, 1, /env\[0\].value is 1 where a text is expected/),
    error(`${MAIN}.resources`, [], /is a list of 0 where a map is expected/),
    error(`${MAIN}.resources.limits.memory`, true, /is true where a text or a number is expected/),
    error('spec', 3, /spec is 3 where a map is expected/),
  ],
  silent: {
    'null is as good as nothing': POD.replace('value: debug', 'value: null').replace('{ memory: 1Gi }', 'null'),
    'a port is a number or a name': POD.replace('port: http', 'port: 80'),
    'the kind is not known': 'apiVersion: example.com/v1\nkind: Own\nmetadata: { name: x }\nspec: 3\n',
  },
  cluster: 'rejects',
};

const UNKNOWN_FIELD: RuleCase = {
  rule: unknownField,
  good: POD,
  flips: [
    error(`${MAIN}.imagePullpolicy`, 'Always', /is no field. Did you mean imagePullPolicy\?/),
    error(`${MAIN}.limits`, { cpu: 1 }, /is no field there; it belongs to spec.containers\[\].resources/),
    error('metadata.spec', {}, /metadata.spec is no field/),
    error('replicas', 2, /replicas is no field/),
    error('spec.activeDeadlineSecond', 3, /Did you mean activeDeadlineSeconds/),
  ],
  silent: {
    'status and managed fields are what the API server writes': `${POD}status: { phase: Running }\n`.replace(
      '{ name: one,',
      '{ name: one, managedFields: [{ manager: kubectl }],',
    ),
    'a field of another supported version': POD.replace('hostNetwork: false', 'schedulingGroup: { podGroupName: g }'),
  },
  cluster: 'rejects',
};

const MISSING_FIELD: RuleCase = {
  rule: missingField,
  good: POD,
  flips: [error(`${MAIN}.name`, undefined, /spec.containers\[0\] has no name, which must be given/)],
  cluster: 'rejects',
};

const UNKNOWN_VALUE: RuleCase = {
  rule: unknownValue,
  good: POD,
  flips: [
    error('spec.restartPolicy', 'never', /restartPolicy is 'never'. Did you mean Never/),
    error(`${MAIN}.imagePullPolicy`, 'Sometimes', /is 'Sometimes', and can be Always, IfNotPresent, Never/),
  ],
  silent: {
    'a value of another supported version': POD.replace(
      'restartPolicy: Never',
      'restartPolicy: Never\n  tolerations: [{ key: a, operator: Gt, value: "1" }]',
    ),
  },
  cluster: 'rejects',
};

export const SCHEMA_CASES: readonly RuleCase[] = [WRONG_TYPE, UNKNOWN_FIELD, MISSING_FIELD, UNKNOWN_VALUE];
