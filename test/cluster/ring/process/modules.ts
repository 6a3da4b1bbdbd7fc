import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../api/manifest';
import { readManifests } from '../api/read-manifests';
import type { Component } from '../component';
import { MODULES } from './paths';

/** The module files of one folder of `test/cluster/modules`, which hold the only copy of every version. */
export interface GoModule {
  readonly folder: string;
  readonly mod: string;
  readonly sum: string;
  /** Least version of Go, from the `go` line. */
  readonly goVersion: string;
  /** Path of the module that holds the main package: `sigs.k8s.io/kueue`. */
  readonly path: string;
  /** Its pinned version: `v0.19.2`. */
  readonly version: string;
}

/** The module that pins a component. */
export function moduleOf(component: Component): GoModule {
  const { module, mainPackage } = component;
  const folder = join(MODULES, module);
  if (!existsSync(folder)) throw new Error(`${component.name} wants the module folder ${folder}, which is not there`);
  const mod = readFileSync(join(folder, 'go.mod'), 'utf8');
  const sum = readFileSync(join(folder, 'go.sum'), 'utf8');
  const goVersion = /^go (\S+)$/m.exec(mod)?.[1] ?? '';
  for (const [, path, version] of mod.matchAll(/^require (\S+) (\S+)$/gm)) {
    if (mainPackage === path || mainPackage.startsWith(`${path}/`))
      return { folder, mod, sum, goVersion, path, version };
  }
  throw new Error(`${folder}/go.mod has no line "require <module> <version>" for ${mainPackage}`);
}

/** The manifests in files, and in the YAML files of folders, of the tree of a component's module. */
export function shippedManifests(component: Component, paths: string[]): Manifest[] {
  const tree = treeOf(component);
  return paths.flatMap((path) => {
    const at = join(tree, path);
    if (!existsSync(at)) throw new Error(`${component.name}: its module ships no ${path}`);
    const files = statSync(at).isDirectory() ? yamlFiles(at) : [at];
    return files.flatMap((file) => readManifests(readFileSync(file, 'utf8'))).filter(isObject);
  });
}

/** The text of a file of the tree of a component's module. */
export function shippedFile(component: Component, path: string): string {
  return readFileSync(join(treeOf(component), path), 'utf8');
}

const trees = new Map<string, string>();

/** Folder of the module's source in Go's module cache; it is fetched, and verified, when it is not there. */
function treeOf(component: Component): string {
  const { folder, path, version } = moduleOf(component);
  const known = trees.get(`${path}@${version}`);
  if (known) return known;
  const env = { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=mod' };
  const answer = execFileSync('go', ['mod', 'download', '-json', `${path}@${version}`], { cwd: folder, env });
  const { Dir: tree } = JSON.parse(answer.toString()) as { Dir: string };
  trees.set(`${path}@${version}`, tree);
  return tree;
}

function yamlFiles(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('kustomiz'));
  return names.sort().map((name) => join(folder, name));
}

function isObject(manifest: Manifest): boolean {
  return (
    typeof manifest.apiVersion === 'string' &&
    typeof manifest.metadata === 'object' &&
    manifest.kind !== 'Kustomization'
  );
}
