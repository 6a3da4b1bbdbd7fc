import { isPinned } from 'cdk8s-ml/floor/kinds/image';
import { isMlWorkload } from '../../../inventory/ml-workload';
import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const imageWithoutDigest: Rule<Scope.WORKLOAD> = {
  name: 'image-without-digest',
  group: Group.SECURITY,
  facts: ['ML-SEC-002'],
  scope: Scope.WORKLOAD,
  why: 'A tag can be pushed again; a digest is the same for every rank and every retry. https://kubernetes.io/docs/concepts/containers/images/#image-names',
  fix: 'Write repository@sha256:... as the image.',
  check: (workload, inventory) => {
    const container = workload.pods
      .flatMap((pod) => pod.containers)
      .find(({ image = '' }) => isPinned(image) && !image.includes('@'));
    if (!container || !isMlWorkload(workload, inventory)) return [];
    return [info(container.field.at('image'), 'names its image by a tag and not by a digest.')];
  },
};
