import type { Problem } from '../../core/diagnostics';
import { text } from '../../core/shape';
import type { Devices } from '../../render/pod-description';
import type { ModelLocation } from '../model-source';

/** What a runtime must know of its server to start. */
export interface Served {
  /** Name of the server. */
  readonly name: string;
  readonly model?: ModelLocation;
  readonly devices?: Devices;
  /** Seconds that requests have to finish after SIGTERM. */
  readonly drainSeconds: number;
}

/** A further port of the container. */
export interface ExtraPort {
  readonly name: string;
  readonly port: number;
  /** Whether clients use it, so that the Service has it too. */
  readonly served: boolean;
}

/** How a program is started, and what it offers: everything that differs between runtimes. */
export interface Engine {
  readonly image: string;
  readonly port: number;
  readonly extraPorts: readonly ExtraPort[];
  /** Path that answers once the model can be used. */
  readonly readyPath: string;
  /** Path that answers as long as the process works. */
  readonly healthPath: string;
  readonly metricsPath?: string;
  readonly metricsPort: number;
  /** Metric of custom.metrics.k8s.io: requests that a pod works on or keeps waiting. */
  readonly inFlightMetric?: string;
  command(served: Served): { readonly command?: readonly string[]; readonly args?: readonly string[] };
  /** Variables that users may set otherwise. */
  variables(served: Served): { readonly [name: string]: string };
  problems(served: Served): Problem[];
}

/** A path of an HTTP server. */
export const httpPath = text({
  max: 1024,
  grammar: (path) => (/^\/[\x21-\x7e]*$/.test(path) ? undefined : 'is no absolute path of printable characters'),
  fix: "Give a path such as '/health'.",
});
