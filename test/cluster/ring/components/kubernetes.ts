import { readdirSync } from 'node:fs';
import { MODULES } from '../process/paths';

/** Lines of Kubernetes that the ring can run: there is a module folder for each. */
export function kubernetesLines(): string[] {
  const folders = readdirSync(MODULES).flatMap((name) => /^kubernetes-(1\.\d+)$/.exec(name)?.[1] ?? []);
  return folders.sort();
}

/** The line that this run was asked for with `--kubernetes`, else the one that everything is proven with. */
export const KUBERNETES = process.env.CLUSTER_KUBERNETES || '1.35';

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
