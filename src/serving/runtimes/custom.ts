import type { Shape } from '../../core/shape';
import { checkOptions, integer, listOf, optional, text } from '../../core/shape';
import { metricNameCheck } from '../metric-name';
import type { Engine } from './engine';
import { httpPath } from './engine';

/** A server program of your own. */
export interface CustomRuntimeOptions {
  /** Image with a tag or, better, a digest. KUB007, KUB019 (unsafe) as for every image. */
  readonly image: string;
  /**
   * Entry point, one list item per argument, without a shell.
   *
   * @default - the entry point of the image
   */
  readonly command?: string[];
  /**
   * Arguments of the entry point; `$(MODEL_DIR)` is where the model lies.
   *
   * @default - the arguments of the image, or none when `command` is given
   */
  readonly args?: string[];
  /** Port on which the program speaks HTTP, from 1 to 65535. */
  readonly port: number;
  /** Path that answers with success as long as the process works, also when it is busy. */
  readonly healthPath: string;
  /**
   * Path that answers with success once the model can be used.
   *
   * @default - `healthPath`
   */
  readonly readyPath?: string;
  /**
   * Path of the metrics, for scrape objects.
   *
   * @default - it has none
   */
  readonly metricsPath?: string;
  /**
   * Port of the metrics.
   *
   * @default - `port`
   */
  readonly metricsPort?: number;
  /**
   * Metric of custom.metrics.k8s.io that says how many requests a pod works on or keeps waiting: what
   * `Scaling.inFlightRequests(...)` follows.
   *
   * @default - it has none
   */
  readonly inFlightMetric?: string;
}

const line = text({ min: 0 });
const port = integer({ min: 1, max: 65535 });

const customShape: Shape<CustomRuntimeOptions> = {
  image: text({ max: 1024 }),
  command: optional(listOf(line, { min: 1 })),
  args: optional(listOf(line)),
  port,
  healthPath: httpPath,
  readyPath: optional(httpPath),
  metricsPath: optional(httpPath),
  metricsPort: optional(port),
  inFlightMetric: optional(metricNameCheck),
};

/** A program that is started as its image or the user says. */
export function custom(options: CustomRuntimeOptions): Engine {
  checkOptions('CustomRuntimeOptions', options, customShape);
  const { metricsPort = options.port } = options;
  const command = options.command && [...options.command];
  const args = options.args && [...options.args];
  return {
    image: options.image,
    port: options.port,
    extraPorts: metricsPort === options.port ? [] : [{ name: 'metrics', port: metricsPort, served: false }],
    readyPath: options.readyPath ?? options.healthPath,
    healthPath: options.healthPath,
    metricsPath: options.metricsPath,
    metricsPort,
    inFlightMetric: options.inFlightMetric,
    command: () => ({ command, args }),
    variables: () => ({}),
    problems: () => [],
  };
}
