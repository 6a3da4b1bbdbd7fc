/** Where one run of the ring lives: what every component may ask for. */
export interface Site {
  /** Folder of this run, removed when it ends. */
  readonly folder: string;
  /** Bearer token of the one administrator. */
  readonly token: string;
  /** The loopback port that was chosen for a component's port name. */
  port(component: string, name: string): number;
}

/** One program of the ring: how it is built, started and known to be ready. */
export interface Component {
  /** Name of the binary, of its log file and of the program in messages. */
  readonly name: string;
  /** Folder of `test/cluster/modules` that pins the program. */
  readonly module: string;
  /** Main package, built from that module. */
  readonly mainPackage: string;
  /**
   * String variables set by the linker, given the pinned version.
   *
   * @default - nothing is set
   */
  readonly linkVariables?: (version: string) => { [variable: string]: string };
  /** Names of the ports it listens on; each gets a free one. */
  readonly ports: string[];
  /**
   * Writes the files the program reads, before it starts.
   *
   * @default - it reads none
   */
  readonly prepare?: (site: Site) => void;
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
   * @default 60
   */
  readonly readySeconds?: number;
  /** What is still missing until the program can be used, in words; `undefined` when it is ready. */
  readonly missing: (site: Site) => Promise<string | undefined>;
}
