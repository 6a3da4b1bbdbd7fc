import type { Manifest } from './api/manifest';

/** Where one run of the ring lives: what every component may ask for. */
export interface Site {
  /** Folder of this run, removed when it ends. */
  readonly folder: string;
  /** Bearer token of the one administrator. */
  readonly token: string;
  /** The loopback port that was chosen for a component's port name. */
  port(component: string, name: string): number;
  /** Whether a component is part of this run. */
  has(component: string): boolean;
  /** A folder for the files of one component, made when it is asked for. */
  folderOf(component: string): string;
}

/** Webhooks that an operator ships, pointed at the program that runs here. */
export interface Webhooks {
  /** File with the webhook configurations, in the tree of the operator's module. */
  readonly file: string;
  /** Name of the port at which the program serves them. */
  readonly port: string;
  /**
   * Names of webhooks to leave out, with a reason beside them in the description.
   *
   * @default - all are installed
   */
  readonly without?: string[];
  /**
   * Changes a webhook configuration before it is applied: another name, another selector.
   *
   * @default - as it ships
   */
  readonly change?: (configuration: Manifest) => Manifest;
}

/** One program of the ring: how it is built, started and known to be ready. */
export interface Component {
  /** Name of its log file and of the program in messages. */
  readonly name: string;
  /** Folder of `test/cluster/modules` that pins the program. */
  readonly module: string;
  /**
   * Name of the binary, where another component is the same program with other arguments.
   *
   * @default - `name`
   */
  readonly binary?: string;
  /** Main package, built from that module. */
  readonly mainPackage: string;
  /**
   * String variables set by the linker, given the pinned version.
   *
   * @default - nothing is set
   */
  readonly linkVariables?: (version: string) => { [variable: string]: string };
  /**
   * Names of the components that must be ready before it starts.
   *
   * @default - none
   */
  readonly needs?: string[];
  /**
   * What of the machine it takes that nothing can change, such as a port: a ring with it waits until no other has it.
   *
   * @default - nothing: any number of it can run
   */
  readonly takes?: string;
  /** Names of the ports it listens on; each gets a free one. */
  readonly ports: string[];
  /**
   * Writes the files the program reads, before it starts.
   *
   * @default - it reads none
   */
  readonly prepare?: (site: Site) => void;
  /**
   * Files and folders with CustomResourceDefinitions in the tree of its module; they are served before it starts.
   *
   * @default - none
   */
  readonly crds?: string[];
  /**
   * Objects that are there before it starts: its namespace, its settings.
   *
   * @default - none
   */
  readonly before?: (site: Site) => Manifest[];
  /** Command line. */
  readonly args: (site: Site) => string[];
  /**
   * Environment variables beside those of this process.
   *
   * @default - none
   */
  readonly env?: (site: Site) => { [variable: string]: string };
  /**
   * Seconds it has to become ready.
   *
   * @default 180
   */
  readonly readySeconds?: number;
  /** What is still missing until the program can be used, in words; `undefined` when it is ready. */
  readonly missing: (site: Site) => Promise<string | undefined>;
  /**
   * Its admission webhooks, installed when it is ready.
   *
   * @default - none
   */
  readonly webhooks?: Webhooks;
  /**
   * Objects applied when it is ready and its webhooks are in place: runtimes that it ships.
   *
   * @default - none
   */
  readonly after?: (site: Site) => Manifest[];
}
