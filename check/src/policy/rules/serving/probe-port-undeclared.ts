import { isModelServer } from '../../../inventory/model-server';
import { PROBES } from '../../../inventory/probe';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const probePortUndeclared: Rule<Scope.CONTAINER> = {
  name: 'probe-port-undeclared',
  group: Group.SERVING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'A probe to a port that nobody listens on fails for ever: the container is killed or never gets ready. https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  fix: 'Probe a port that the container declares.',
  check: ({ field, pod }, inventory) => {
    if (pod.partial) return [];
    const ports = pod.everyContainer.flatMap((each) => each.field.at('ports').items);
    const own = new Set(field.at('ports').items.map((port) => port.at('name').text));
    // A port need not be declared, and controllers have one for probes that is not; servers of models have one for all.
    const serves = isModelServer(pod.workload, inventory);
    const numbers = new Set(ports.map((port) => port.at('containerPort').integer));
    return PROBES.flatMap((name) =>
      ['httpGet', 'tcpSocket', 'grpc'].flatMap((way) => {
        const port = field.at(name, way, 'port');
        if (port.text !== undefined && !/^\d+$/.test(port.text) && !own.has(port.text)) {
          return [error(port, `probes the port ${port.text}, which the container does not name.`)];
        }
        const isUnknown = port.integer !== undefined && own.size > 0 && serves && !numbers.has(port.integer);
        return isUnknown ? [warning(port, `probes the port ${port.integer}, and the pod declares other ports.`)] : [];
      }),
    );
  },
};
