import { basename, join } from 'node:path';
import { ApiClient } from './api/api-client';
import type { Manifest } from './api/manifest';
import type { Missing, Selection } from './api/watch';
import type { Site } from './component';
import { componentsNamed } from './components';
import { connectionOf } from './components/kube-apiserver';
import type { Kubernetes } from './components/kubernetes';
import { KUBERNETES } from './components/kubernetes';
import { ROOT } from './process/paths';
import { type Ring, startRing } from './ring';

/** Time for building every program of a ring, when none is in the cache. */
const BUILD_MILLISECONDS = 60 * 60_000;
/** Seconds in which a controller reacts, on a machine that is busy. */
const PATIENCE = 60;
/** Lines of each log that a failed wait shows. */
const LOG_LINES = 6;

/** The ring of one test file. */
export interface TestRing {
  /** A client of its API server. */
  readonly api: ApiClient;
  /** Where it lives. */
  readonly site: Site;
  /**
   * Watches objects until nothing is missing (`ApiClient.until`), within a minute unless told; a failure shows the last
   * lines that controllers and operators logged.
   */
  until(selection: Selection, awaited: string, missing: Missing, seconds?: number): Promise<Manifest[]>;
}

/**
 * Starts a ring before the tests of this file and stops it after them: the named components and all that they need.
 *
 * ```ts
 * const ring = useRing(...CLUSTER, 'kueue');
 * it('...', () => ring.api.apply(job));
 * ```
 *
 * When a test failed, the logs stay in `CLUSTER_LOGS` or `build/cluster-logs`.
 */
export function useRing(...names: string[]): TestRing {
  return useRingOf(KUBERNETES, ...names);
}

/** Like `useRing`, with another Kubernetes than that of the run. */
export function useRingOf(kubernetes: string | Kubernetes, ...names: string[]): TestRing {
  let ring: Ring | undefined;
  let client: ApiClient | undefined;
  const components = componentsNamed(
    ['kube-apiserver', ...names],
    typeof kubernetes === 'string' ? { line: kubernetes } : kubernetes,
  );

  beforeAll(async () => {
    ring = await startRing(components, (line) => process.stderr.write(`[ring] ${line}\n`));
    client = ApiClient.connect(connectionOf(ring.site), ring.site.has('kube-controller-manager'));
  }, BUILD_MILLISECONDS);

  afterAll(async () => {
    if (ring === undefined) return;
    if (hasFailed()) keepLogs(ring);
    client?.close();
    const complaints = await ring.stop();
    if (complaints.length > 0) throw new Error(complaints.join('; '));
  }, BUILD_MILLISECONDS);

  const running = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the ring is not running: ask for it in a test or a hook');
    return part;
  };
  return {
    get api() {
      return running(client);
    },
    get site() {
      return running(ring).site;
    },
    until: async (selection, awaited, missing, seconds = PATIENCE) => {
      try {
        return await running(client).until(selection, awaited, seconds, missing);
      } catch (error) {
        const logs = components.slice(2).map(({ name }) => `${name}:\n${running(ring).log(name, LOG_LINES)}`);
        throw new Error(`${(error as Error).message}\nLast lines of the logs:\n${logs.join('\n')}`);
      }
    },
  };
}

/** Set by `failure-aware.js` in the environment of a test file. */
function hasFailed(): boolean {
  return (globalThis as { ringTestFailed?: boolean }).ringTestFailed === true;
}

function keepLogs(ring: Ring): void {
  const file = basename(expect.getState().testPath ?? 'test', '.test.ts');
  const folder = join(process.env.CLUSTER_LOGS || join(ROOT, 'build', 'cluster-logs'), file);
  ring.keepLogs(folder);
  process.stderr.write(`[ring] a test failed: the logs of the components are in ${folder}\n`);
}
