import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';

/** An answer to a GET. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** One GET on a connection of its own, for asking whether a program is ready. */
export function httpGet(url: string, secure?: { token: string; ca: string }): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const get = secure ? getSecure : getPlain;
    const headers = secure ? { authorization: `Bearer ${secure.token}` } : {};
    const request = get(url, { agent: false, ca: secure?.ca, headers, timeout: 5000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8').trim() });
      });
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within 5 s from ${url}`)));
    request.on('error', reject);
  });
}
