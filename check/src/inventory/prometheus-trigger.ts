import type { Field } from './field';
import type { Resource } from './resource';

/** A trigger of KEDA that asks Prometheus. */
export interface PrometheusTrigger {
  readonly trigger: Field;
  readonly query: Field;
}

/** The triggers of a ScaledObject that ask Prometheus. */
export function prometheusTriggers(resource: Resource): PrometheusTrigger[] {
  if (!resource.is('ScaledObject', 'keda.sh')) return [];
  return resource
    .at('spec', 'triggers')
    .items.filter((trigger) => trigger.at('type').text === 'prometheus')
    .map((trigger) => ({ trigger, query: trigger.at('metadata', 'query') }));
}
