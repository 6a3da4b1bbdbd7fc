import { Severity } from '../../../../src/policy/finding';
import { secretInConfigMap } from '../../../../src/policy/rules/security/secret-in-config-map';
import type { RuleCase } from '../../rule-case';

const CONFIG = `
apiVersion: v1
kind: ConfigMap
metadata: { name: app }
data: { app.ini: level=debug }
`;

export const SECRET_IN_CONFIG_MAP: RuleCase = {
  rule: secretInConfigMap,
  good: CONFIG,
  flips: [
    {
      change: { "data['app.ini']": 'key=AKIA' + 'ABCDEFGH'.repeat(2) },
      at: "data['app.ini']",
      says: /under app.ini/,
      severity: Severity.ERROR,
    },
    {
      change: { 'data.dbPassword': 'hunter2' },
      at: 'data.dbPassword',
      says: /under dbPassword/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'nothing under the name': CONFIG.replace('app.ini: level=debug', 'PASSWORD: ""'),
    'a script of the name': CONFIG.replace('app.ini: level=debug', 'token: "a\\nb"'),
    'where it is kept': CONFIG.replace('app.ini: level=debug', 'PASSWORD_FILE: /run/p, TOKEN: /run/t'),
  },
};
