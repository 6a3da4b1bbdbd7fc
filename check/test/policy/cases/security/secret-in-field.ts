import { Severity } from '../../../../src/policy/finding';
import { secretInField } from '../../../../src/policy/rules/security/secret-in-field';
import type { RuleCase } from '../../rule-case';

const CLAIM = `
apiVersion: example.com/v1
kind: Store
metadata: { name: models, annotations: { note: weights } }
spec: { address: 's3://models', env: [{ name: A, value: hunter2 }] }
`;

export const SECRET_IN_FIELD: RuleCase = {
  rule: secretInField,
  good: CLAIM,
  flips: [
    {
      change: { 'metadata.annotations.note': 'hf_' + 'a1B2'.repeat(9) },
      at: 'metadata.annotations.note',
      says: /in note/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.address': 'https://bob:hunter2@example.com/models' },
      at: 'spec.address',
      says: /in address/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.env[0].name': 'DB_PASSWORD' },
      at: 'spec.env[0].value',
      says: /in value/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'it is encrypted': CLAIM.replace('Store', 'SealedSecret').replace('s3://models', 'hf_' + 'a1B2'.repeat(9)),
    'it only looks like one': CLAIM.replace('s3://models', 'hf_' + 'x'.repeat(30)),
  },
};
