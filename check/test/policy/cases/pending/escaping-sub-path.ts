import { Severity } from '../../../../src/policy/finding';
import { escapingSubPath } from '../../../../src/policy/rules/pending/escaping-sub-path';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const mount = `${CONTAINER}.volumeMounts[0]`;
const flip = (key: string, path: string, says: RegExp): RuleCase['flips'][number] => ({
  change: { [`${mount}.subPath`]: undefined, [`${mount}.${key}`]: path },
  at: `${mount}.${key}`,
  says,
  severity: Severity.ERROR,
});

export const ESCAPING_SUB_PATH: RuleCase = {
  rule: escapingSubPath,
  good: jobWith({
    pod: 'volumes: [{ name: data, emptyDir: {} }]',
    container: 'volumeMounts: [{ name: data, mountPath: /data, subPath: bert..v1/run }]',
  }),
  flips: [
    flip('subPath', '../other', /has the subPath \.\.\/other, which goes up/),
    flip('subPath', 'a/../b', /goes up/),
    flip('subPath', '/runs', /has the subPath \/runs, which is absolute/),
    flip('subPathExpr', '../$(RUN)', /has the subPathExpr \.\.\/\$\(RUN\), which goes up/),
  ],
  cluster: 'rejects',
};
