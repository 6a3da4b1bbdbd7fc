import { show } from 'cdk8s-ml/floor/core/diagnostics';
import { imageProblem, isPinned } from 'cdk8s-ml/floor/kinds/image';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const floatingImage: Rule<Scope.CONTAINER> = {
  name: 'floating-image',
  group: Group.SECURITY,
  facts: ['ML-SEC-001'],
  scope: Scope.CONTAINER,
  why: 'What runs changes when somebody pushes, and no two pods need run the same. https://kubernetes.io/docs/concepts/containers/images/#image-names',
  fix: 'Name a version, or a digest.',
  check: ({ field, image }) => {
    if (image === undefined || image === '' || /[{}$<>]/.test(image) || imageProblem(image) !== undefined) return [];
    if (isPinned(image)) return [];
    const tag = tagOf(image);
    const message = `runs ${show(image)}, whose ${tag === undefined ? 'tag is not given' : `tag ${tag} moves`}.`;
    const say = tag === undefined || /^latest(?![^-_.])/.test(tag) ? error : warning;
    return [say(field.at('image'), message)];
  },
};

/** What follows the last colon behind the last slash. */
function tagOf(image: string): string | undefined {
  const colon = image.lastIndexOf(':');
  return colon > image.lastIndexOf('/') ? image.slice(colon + 1) : undefined;
}
