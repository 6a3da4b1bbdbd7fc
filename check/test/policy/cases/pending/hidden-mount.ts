import { Severity } from '../../../../src/policy/finding';
import { hiddenMount } from '../../../../src/policy/rules/pending/hidden-mount';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { TWO_VOLUMES } from './duplicate-mount-path';

const at = `${CONTAINER}.volumeMounts[1].mountPath`;
const mounts = (second: string): string =>
  jobWith({
    pod: TWO_VOLUMES,
    container: `volumeMounts: [{ name: a, mountPath: /data }, { name: b, mountPath: '${second}' }]`,
  });

export const HIDDEN_MOUNT: RuleCase = {
  rule: hiddenMount,
  good: mounts('/data-old'),
  flips: ['/data/', '//data', '/x/../data'].map((path) => ({
    change: { [at]: path },
    at,
    says: /over what is at \/data in container main/,
    severity: Severity.WARNING,
  })),
  silent: {
    'the same spelling is refused, which is another finding': mounts('/data'),
    'a directory below': mounts('/data/ckpt'),
    'filled in later': mounts('{{inputs.parameters.dir}}'),
  },
};
