import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

describe('imports', () => {
  it('are what `npm run import` writes', () => {
    const check = spawnSync(process.execPath, ['scripts/import.mjs', '--check'], { cwd: ROOT, encoding: 'utf8' });
    expect(`${check.stdout}${check.stderr}`).toBe('');
    expect(check.status).toBe(0);
  }, 60_000);

  it('hold nothing but types of Kubernetes', () => {
    const declarations = readFileSync(join(ROOT, 'imports/k8s.ts'), 'utf8').match(/^[a-z].*/gm)!;
    expect(declarations.filter((line) => !/^export (interface|type) /.test(line))).toEqual([]);
  });
});
