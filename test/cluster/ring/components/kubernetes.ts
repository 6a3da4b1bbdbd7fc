import { readdirSync } from 'node:fs';
import { MODULES } from '../process/paths';

/** Lines of Kubernetes that the ring can run: there is a module folder for each. */
export function kubernetesLines(): string[] {
  const folders = readdirSync(MODULES).flatMap((name) => /^kubernetes-(1\.\d+)$/.exec(name)?.[1] ?? []);
  return folders.sort();
}

/** The line that this run was asked for with `--kubernetes`, else the one that everything is proven with. */
export const KUBERNETES = process.env.CLUSTER_KUBERNETES || '1.35';

/** A Kubernetes of a ring. */
export interface Kubernetes {
  /** Its line, such as `1.35`. */
  readonly line: string;
  /** Feature gates that are switched on beside those of a stock cluster. */
  readonly gates?: string[];
  /** Versions of APIs that are served beside those of a stock cluster, such as `scheduling.k8s.io/v1alpha1`. */
  readonly apis?: string[];
}

/** Command line of a program with these switches. */
export function switches({ gates = [], apis = [] }: Kubernetes, servesApis = false): string[] {
  const on = (names: string[]): string => names.map((name) => `${name}=true`).join(',');
  return [
    ...(gates.length > 0 ? [`--feature-gates=${on(gates)}`] : []),
    ...(servesApis && apis.length > 0 ? [`--runtime-config=${on(apis)}`] : []),
  ];
}

/** Folder of `test/cluster/modules` that pins a line of Kubernetes. */
export function kubernetesModule(line: string): string {
  const lines = kubernetesLines();
  if (!lines.includes(line)) throw new Error(`there is no Kubernetes ${line} here: choose one of ${lines.join(', ')}`);
  return `kubernetes-${line}`;
}

/** Without these, clients cannot read the version of a server, and some refuse to work with it. */
export function kubernetesLinkVariables(version: string): { [variable: string]: string } {
  const [major, minor] = version.slice(1).split('.');
  const at = 'k8s.io/component-base/version';
  return { [`${at}.gitVersion`]: version, [`${at}.gitMajor`]: major, [`${at}.gitMinor`]: minor };
}
