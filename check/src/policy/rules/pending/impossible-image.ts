import { show } from 'cdk8s-ml/floor/core/diagnostics';
import { imageProblem } from 'cdk8s-ml/floor/kinds/image';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const impossibleImage: Rule<Scope.CONTAINER> = {
  name: 'impossible-image',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'The kubelet cannot read the name, and the pod stays in InvalidImageName. https://kubernetes.io/docs/concepts/containers/images/#image-names',
  fix: 'Write registry/repository:tag in lower case.',
  check: ({ field, image }) => {
    // `ko` puts an image in where the path of a program stands.
    if (image === undefined || image === '' || /[{}$<>]|^ko:\/\//.test(image)) return [];
    const problem = imageProblem(image);
    return problem === undefined ? [] : [error(field.at('image'), `has the image ${show(image)}, which ${problem}.`)];
  },
};
