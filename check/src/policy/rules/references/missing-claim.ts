import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingClaim: Rule<Scope.SET> = closedWorld('claim', {
  name: 'missing-claim',
  why: 'A pod that mounts a claim that is not there waits for ever. https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes',
  fix: 'Add the PersistentVolumeClaim, correct the name, or declare it external.',
});
