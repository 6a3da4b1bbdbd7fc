import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Groups of the kinds that the API server itself looks into; elsewhere an operator may fill in the image. */
const BUILT_IN: ReadonlySet<string> = new Set(['', 'apps', 'batch']);

export const containerWithoutImage: Rule<Scope.CONTAINER> = {
  name: 'container-without-image',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'The API server refuses the object. https://kubernetes.io/docs/concepts/containers/images/#image-names',
  fix: 'Name the image.',
  check: ({ field, image, name, pod }) => {
    const place = field.at('image');
    const isGiven = place.exists && image !== '';
    const { resource } = pod.workload;
    // What has a container without an image and no selector is a part of an object, for something else to fill in.
    const isPart = resource.group === 'apps' && !resource.at('spec', 'selector').exists;
    if (isGiven || name === '' || isPart || !BUILT_IN.has(resource.group)) return [];
    return [error(place, `has no image in container ${name}.`)];
  },
};
