import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The script as a process of this machine; before a real API server it runs in the cluster tests.

const SCRIPT = join(__dirname, '..', '..', '..', 'src', 'training', 'scripts', 'launch_run.py');

test('gives up in its time when requests are taken and never answered', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-launch-'));
  const run = { resource: 'jobsets', template: { apiVersion: 'jobset.x-k8s.io/v1alpha2', metadata: { labels: {} } } };
  const files = { 'run.json': JSON.stringify(run), token: 'token', 'ca.crt': '', namespace: 'ml-training' };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const env = {
    PATH: process.env.PATH,
    RUN: 'nightly-1',
    RUN_TEMPLATE: join(folder, 'run.json'),
    SERVICE_ACCOUNT_DIR: folder,
    KUBERNETES_SERVICE_HOST: '127.0.0.1',
    KUBERNETES_SERVICE_PORT: String((silent.address() as AddressInfo).port),
    GIVE_UP_SECONDS: '2',
  };
  // An empty file holds no certificate to trust, which must not be what ends the script.
  const context = 'import ssl; real = ssl.create_default_context; ssl.create_default_context = lambda cafile: real()';
  const script = `${context}; import runpy; runpy.run_path(${JSON.stringify(SCRIPT)}, run_name='__main__')`;
  const before = Date.now();
  const launcher = spawn('python3', ['-c', script], { env });
  let said = '';
  launcher.stderr.on('data', (data) => (said += String(data)));
  const [code] = (await once(launcher, 'close')) as [number];
  silent.close();
  rmSync(folder, { recursive: true });
  expect([code, said]).toEqual([1, 'the API server does not answer within 2 s\n']);
  expect(Date.now() - before).toBeLessThan(25_000);
}, 60_000);
