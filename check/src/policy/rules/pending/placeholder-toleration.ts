import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Keys that stand in documentation for one's own. https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
const PLACEHOLDER = /^(key\d?|key-?name|example-key|example\.com\/.+|your-?key|my-?key|foo|taint-?key)$/;

export const placeholderToleration: Rule<Scope.POD> = {
  name: 'placeholder-toleration',
  group: Group.PENDING,
  facts: [],
  scope: Scope.POD,
  why: 'A toleration copied from documentation tolerates no taint that nodes really have. https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
  fix: 'Write the key of the taint that the nodes have, such as nvidia.com/gpu.',
  check: ({ tolerations }, { pools }) =>
    tolerations.flatMap((toleration) => {
      const key = toleration.at('key');
      const isReal = pools?.some(({ taints }) => taints.some((taint) => taint.key === key.text));
      if (!PLACEHOLDER.test(key.text ?? '') || isReal) return [];
      return [warning(key, `tolerates ${key.text}, a name from documentation.`)];
    }),
};
