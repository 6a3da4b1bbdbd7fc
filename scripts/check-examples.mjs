// Checks every example and the reference platform in dist/ with cdk8s-ml-check, which must be built: nothing may be found but
// what an example waives by name in a cdk8s-ml-check.yaml of its own.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = new URL('..', import.meta.url).pathname;
const BIN = join('check', 'bin', 'cdk8s-ml-check.js');
const LEVEL = 'warning';

const examples = readdirSync(join(ROOT, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join('examples', name));
const folders = [...examples.map((folder) => [folder, folder]), ['dist', join('examples', 'platform')]];

let failed = 0;
for (const [folder, configured] of folders) {
  if (folder === 'dist' && !existsSync(join(ROOT, folder))) {
    console.error('dist/ is not there: run npm run synth first');
    failed++;
    continue;
  }
  const config = join(configured, 'cdk8s-ml-check.yaml');
  const options = existsSync(join(ROOT, config)) ? ['--config', config] : [];
  const args = [BIN, folder, '--rules', 'all', '--fail-on', LEVEL, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  const last = stdout.trimEnd().split('\n').at(-1);
  console.log(status === 0 ? `${folder}: ${last}` : `${folder}:\n${stdout}${stderr}`);
  if (status !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
