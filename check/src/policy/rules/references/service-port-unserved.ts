import type { Field } from '../../../inventory/field';
import type { PodFacts } from '../../../inventory/pod';
import { backendsOf } from '../../../inventory/service';
import type { Remark } from '../../finding';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const servicePortUnserved: Rule<Scope.OBJECT> = {
  name: 'service-port-unserved',
  group: Group.REFERENCES,
  packs: [Group.SERVING],
  facts: [],
  scope: Scope.OBJECT,
  why: 'A port of a Service that leads to no port of its pods refuses every connection; one that leads to a name which no container has, has no endpoints. https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  fix: 'Set targetPort to a port of the container.',
  check: (service, inventory) => {
    if (!service.is('Service', '')) return [];
    const backends = backendsOf(service, inventory);
    if (backends === undefined) return [];
    const declared = inventory.oncePer('declared ports', backends, () => declaredPorts(backends.selected));
    if (declared === undefined) return [];
    const { names } = declared;
    const ports = service.at('spec', 'ports').items.map(targetOf);
    const named = ports.filter(({ text }) => text !== undefined && !/^\d+$/.test(text));
    return [
      ...named.filter(({ text }) => !names.has(text)).map((field) => nobodyNames(field, names)),
      ...(named.length === 0 ? unserved(ports, declared) : []),
    ];
  },
};

/** What the pods of a Service declare of their ports. */
interface DeclaredPorts {
  readonly names: ReadonlySet<string | undefined>;
  readonly numbers: ReadonlySet<number | undefined>;
  /** Whether every pod declares some. */
  readonly byAll: boolean;
}

/** Undefined when the pods are not known, or there are none. */
function declaredPorts(pods: readonly PodFacts[]): DeclaredPorts | undefined {
  if (pods.length === 0 || pods.some(({ partial }) => partial)) return undefined;
  const ports = pods.map(({ everyContainer }) => everyContainer.flatMap(({ field }) => field.at('ports').items));
  return {
    names: new Set(ports.flat().map((port) => port.at('name').text)),
    numbers: new Set(ports.flat().map((port) => port.at('containerPort').integer)),
    byAll: ports.every(({ length }) => length > 0),
  };
}

/** Where a port of a Service says to what it leads. */
function targetOf(port: Field): Field {
  const target = port.at('targetPort');
  return target.exists ? target : port.at('port');
}

function nobodyNames(field: Field, names: ReadonlySet<string | undefined>): Remark {
  const known = [...names].filter((name) => name !== undefined);
  const have = known.length === 0 ? 'and no container names its ports' : `and containers have ${known.join(', ')}`;
  return error(field, `leads to the port ${field.text}, ${have}.`);
}

/** Containers need not declare their ports, so that only a Service none of whose ports is declared is judged. */
function unserved(ports: readonly Field[], { numbers, byAll }: DeclaredPorts): Remark[] {
  const wanted = ports.map((field) => ({ field, number: field.integer ?? Number(field.text) }));
  if (wanted.length === 0 || !byAll || wanted.some(({ number }) => numbers.has(number))) return [];
  if (wanted.some(({ number }) => !Number.isInteger(number))) return [];
  const have = [...numbers].join(', ');
  return [warning(wanted[0].field, `leads to port ${wanted[0].number}, and the containers have ${have}.`)];
}
