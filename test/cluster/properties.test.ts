import { App, Chart } from 'cdk8s';
import { Acknowledge, ClusterProfile } from 'cdk8s-ml';
import * as fc from 'fast-check';
import { knownRules, Level } from '../../src/core/diagnostics';
import { namespaceOf } from '../properties/arbitrary-cluster';
import { PRIORITY_CLASSES, RUNTIME_CLASSES } from '../properties/arbitrary-pod';
import { bounded } from '../properties/bounded';
import { CONSTRUCTS, type Program } from '../properties/programs';
import { refusal } from '../properties/refusal';
import { made } from '../properties/written';
import { ensureNamespace, podSecurity } from './ring/accept/namespaces';
import { priorityClass, runtimeClass } from './ring/accept/prerequisites';
import { tryManifests } from './ring/accept/try-manifests';
import { installCrdsFor } from './ring/api/crds';
import type { Manifest } from './ring/api/manifest';
import { readManifests } from './ring/api/read-manifests';
import { useRing } from './ring/use-ring';

// What the constructs do not refuse, the API server takes: random and hostile props in random clusters, applied in a dry run.

/** Cases of each construct, and the least share of them that must reach the server: otherwise the property proves nothing. */
const RUNS = 250;
const LEAST_SHARE = 0.3;
/** Time of one construct, for each of `PROPERTY_RUNS`; a failure is shrunk within it. */
const PATIENCE = 600_000;

const ring = useRing();

beforeAll(async () => {
  for (const level of ['restricted', 'baseline'] as const)
    await ensureNamespace(ring.api, namespaceOf({ level }), podSecurity(level));
  for (const name of PRIORITY_CLASSES) await ring.api.apply(priorityClass(name, 0));
  for (const name of RUNTIME_CLASSES) await ring.api.apply(runtimeClass(name));
});

/** What the server refuses or warns of, as these diagnostics say: not acknowledged here. */
const NOT_FOR_THE_SERVER = ['KUB017', 'KUB028'];
const UNSAFE = [...knownRules().values()].filter(
  ({ id, level }) => level === Level.UNSAFE && !NOT_FOR_THE_SERVER.includes(id),
);

type Make = (typeof CONSTRUCTS)[number][2];

/** What a program renders, or nothing when it is refused with ids. */
function synthesized({ cluster, props, isAcknowledged }: Program, make: Make): Manifest[] | undefined {
  let objects: Manifest[] | undefined;
  refusal(() => {
    const app = new App();
    if (cluster.profile) ClusterProfile.attach(app, new ClusterProfile(cluster.profile));
    const chart = new Chart(app, 'chart', { namespace: namespaceOf(cluster) });
    const construct = make(chart, made(props, chart) as never);
    if (isAcknowledged) for (const { id } of UNSAFE) Acknowledge.of(construct).add(id, 'Any props at all.');
    objects = readManifests(app.synthYaml());
  });
  return objects;
}

const takesAll = async (...[title, programs, make]: (typeof CONSTRUCTS)[number]): Promise<void> => {
  let [runs, taken, sent] = [0, 0, 0];
  const property = fc.asyncProperty(programs, async (program) => {
    runs++;
    const objects = synthesized(program, make);
    if (objects === undefined) return;
    taken++;
    sent += objects.length;
    await installCrdsFor(ring.api, objects);
    await tryManifests(ring.api, objects);
  });
  await fc.assert(property, bounded(RUNS));
  process.stderr.write(`[properties] ${title}: ${taken} of ${runs} reached the server with ${sent} objects\n`);
  expect(taken / runs).toBeGreaterThanOrEqual(LEAST_SHARE);
};

test.each(CONSTRUCTS)(
  'the API server takes every %s that is not refused',
  takesAll,
  PATIENCE * Number(process.env.PROPERTY_RUNS ?? 1),
);
