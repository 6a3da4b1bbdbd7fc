import { isOpen } from '../../../inventory/open-text';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const MEDIUM = /^(|Memory|HugePages|HugePages-.+)$/;

export const emptyDirMedium: Rule<Scope.POD> = {
  name: 'empty-dir-medium',
  group: Group.PENDING,
  facts: [],
  scope: Scope.POD,
  why: 'The API server takes any medium, and the kubelet then fails to set up the volume: the pod stays in ContainerCreating. https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  fix: 'Write Memory with a capital letter, or leave medium out for the disk of the node.',
  check: ({ volumes }) =>
    volumes.flatMap(({ field, name }) => {
      const medium = field.at('emptyDir', 'medium');
      if (medium.text === undefined || MEDIUM.test(medium.text) || isOpen(medium)) return [];
      return [error(medium, `has the medium ${medium.text} in volume ${name}, which no node has.`)];
    }),
};
