import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { components } from './components';
import { connectionOf } from './components/kube-apiserver';
import { CONNECTION_FILE } from './connect';
import { startRing } from './ring';
import { running } from './running';

/** Before the first test file: builds and starts the ring, and leaves its address where `connect()` finds it. */
async function globalSetup(): Promise<void> {
  const ring = await startRing(components, (line) => process.stderr.write(`[ring] ${line}\n`));
  running.ring = ring;
  const file = join(ring.site.folder, 'connection.json');
  writeFileSync(file, JSON.stringify(connectionOf(ring.site)), { mode: 0o600 });
  process.env[CONNECTION_FILE] = file;
}

export = globalSetup;
