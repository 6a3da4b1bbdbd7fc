import { running } from './running';

/** After the last test file: stops what the set-up started. */
async function globalTeardown(): Promise<void> {
  const complaints = (await running.ring?.stop()) ?? [];
  if (complaints.length > 0) throw new Error(`[ring] ${complaints.join('; ')}`);
}

export = globalTeardown;
