import { readFileSync } from 'node:fs';
import { ApiClient } from './api-client';

/** Environment variable that names the file with the connection of the running ring. */
export const CONNECTION_FILE = 'CDK8S_ML_RING';

/** A client of the ring that runs around this test file. */
export function connect(): ApiClient {
  const file = process.env[CONNECTION_FILE];
  if (!file) throw new Error('no ring is running: start these tests with "npm run test:cluster"');
  return ApiClient.connect(JSON.parse(readFileSync(file, 'utf8')));
}
