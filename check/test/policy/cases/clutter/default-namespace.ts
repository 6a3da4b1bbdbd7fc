import { Severity } from '../../../../src/policy/finding';
import { defaultNamespace } from '../../../../src/policy/rules/clutter/default-namespace';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = 'metadata.namespace';

export const DEFAULT_NAMESPACE: RuleCase = {
  rule: defaultNamespace,
  good: jobWith({}),
  flips: [{ change: { [at]: 'default' }, at, says: /is in the namespace default/, severity: Severity.WARNING }],
  silent: { 'whoever applies it chooses': jobWith({ metadata: '{ name: x }' }) },
};
