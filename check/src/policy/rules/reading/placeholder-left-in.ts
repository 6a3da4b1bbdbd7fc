import type { Field } from '../../../inventory/field';
import type { PodFacts } from '../../../inventory/pod';
import { placeholderIn } from '../../../inventory/template-marks';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const placeholderLeftIn: Rule<Scope.POD> = {
  name: 'placeholder-left-in',
  group: Group.READING,
  facts: [],
  scope: Scope.POD,
  why: 'Nothing fills it in once it is in the cluster: the image is not found, the claim is waited for, the amount is refused. What it will be was not checked. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  fix: 'Fill it in, or check what the template engine writes.',
  check: (pod) => {
    for (const place of placesOf(pod)) {
      const placeholder = placeholderIn(place.text ?? '');
      // Braces are of engines that fill them in at run time, or were told of already.
      if (placeholder === undefined || placeholder.includes('{{')) continue;
      return [warning(place, `is a template that was not expanded: it has ${placeholder}.`)];
    }
    return [];
  },
};

/** Places whose text is taken as it stands. */
function placesOf(pod: PodFacts): Field[] {
  const ofContainers = pod.everyContainer.flatMap(({ field, resources }) => [
    field.at('image'),
    ...['limits', 'requests'].flatMap((key) => resources.at(key).entries.map(([, amount]) => amount)),
    ...field
      .at('env')
      .items.flatMap((each) =>
        ['secretKeyRef', 'configMapKeyRef'].map((source) => each.at('valueFrom', source, 'name')),
      ),
    ...field.at('envFrom').items.flatMap((each) => ['secretRef', 'configMapRef'].map((key) => each.at(key, 'name'))),
  ]);
  const ofVolumes = pod.volumes.flatMap(({ field }) => [
    field.at('persistentVolumeClaim', 'claimName'),
    field.at('secret', 'secretName'),
    field.at('configMap', 'name'),
    field.at('nfs', 'server'),
  ]);
  const ofNodes = pod.at('nodeSelector').entries.map(([, value]) => value);
  return [...ofContainers, ...ofVolumes, ...ofNodes, pod.at('serviceAccountName'), pod.at('priorityClassName')];
}
