import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';

/** An answer to a GET. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** How a server over TLS is known: by an authority, or, for its health alone, not at all. */
export type Trust = { readonly token: string; readonly ca: string } | 'of its own';

/** One GET on a connection of its own, for asking whether a program is ready. */
export function httpGet(url: string, trust?: Trust): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const get = trust ? getSecure : getPlain;
    const known = typeof trust === 'object' ? trust : undefined;
    const headers = known ? { authorization: `Bearer ${known.token}` } : {};
    const secure = { ca: known?.ca, rejectUnauthorized: known !== undefined };
    const request = get(url, { agent: false, ...secure, headers, timeout: 5000 }, (response) => {
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
