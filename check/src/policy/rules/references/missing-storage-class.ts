import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingStorageClass: Rule<Scope.SET> = closedWorld('storage-class', {
  name: 'missing-storage-class',
  why: 'A claim of a StorageClass that is not there is never bound. https://kubernetes.io/docs/concepts/storage/storage-classes/',
  fix: 'Add the StorageClass, name it in the cluster profile, or declare it external.',
});
