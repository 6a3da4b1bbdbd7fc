import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// An app that has nothing of this repository but what its packages would bring from the registry.

const ROOT = join(__dirname, '..', '..');

/** Folder of each package, from the root. */
const PACKAGES = { 'cdk8s-ml': '.', 'cdk8s-ml-check': 'check' } as const;
/** Links to this repository, by which the app would have more of it. */
const WORKSPACE: readonly string[] = [...Object.keys(PACKAGES), 'cdk8s-ml-examples'];

/** A folder with packages of ours in node_modules. */
export class EmptyApp {
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-app-'));
  private readonly modules = join(this.folder, 'node_modules');

  /** Packs packages and unpacks them there; what `npm install` would fetch from the registry is already here. */
  public install(packages: readonly (keyof typeof PACKAGES)[]): void {
    for (const name of packages) {
      const source = join(ROOT, PACKAGES[name]);
      const tarball = this.run('npm', ['pack', '--silent', '--pack-destination', this.folder], source).trim();
      mkdirSync(join(this.modules, name), { recursive: true });
      this.run('tar', ['-xzf', join(this.folder, tarball), '-C', join(this.modules, name), '--strip-components=1']);
      const own = join(source, 'node_modules');
      if (source !== ROOT && existsSync(own)) symlinkSync(own, join(this.modules, name, 'node_modules'));
    }
    for (const name of readdirSync(join(ROOT, 'node_modules'))) {
      if (!WORKSPACE.includes(name)) symlinkSync(join(ROOT, 'node_modules', name), join(this.modules, name));
    }
  }

  /** A file of an installed package. */
  public packed(...path: string[]): string {
    return join(this.modules, ...path);
  }

  /** Runs a command there; what it writes. Throws when it fails. */
  public run(command: string, args: readonly string[], cwd = this.folder): string {
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
