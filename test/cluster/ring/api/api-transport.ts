import { Agent, request } from 'node:https';
import type { Connection } from '../components/kube-apiserver';
import { pause } from '../process/wait';

/** Times a request is sent when the server asks to come back later. */
const TRIES = 30;

/** A request to the API server. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /**
   * Query parameters; those without a value are left out.
   *
   * @default - none
   */
  readonly query?: { [parameter: string]: string | undefined };
  /**
   * A text is sent as it stands, anything else as JSON.
   *
   * @default - no body
   */
  readonly body?: unknown;
  /** @default application/json */
  readonly contentType?: string;
  /**
   * Asks again when the server says "too many requests".
   *
   * @default true
   */
  readonly patient?: boolean;
}

/** What the API server answered. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Texts of its `Warning` headers. */
  readonly warnings: string[];
}

/** What the reader of a watch says to a line: go on, look anew, or enough. */
export type Heard = 'more' | 'again' | 'done';

/** Sends requests to one API server over connections that are kept. */
export class ApiTransport {
  private readonly agent: Agent;

  /** Trusts the certificates of the connection and nothing else. */
  constructor(private readonly connection: Connection) {
    this.agent = new Agent({ keepAlive: true, ca: connection.ca });
  }

  /** The answer, whatever its status; "too many requests" and "storage is initializing" are asked again. */
  public async send(sent: ApiRequest): Promise<ApiAnswer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.sendOnce(sent);
      if (answer.status !== 429 || sent.patient === false || attempt === TRIES) return answer;
      await pause(200);
    }
  }

  /** Closes the connections that were kept. */
  public close(): void {
    this.agent.destroy();
  }

  /**
   * Reads a watch line by line until `onLine` says `done` or `again`, the time is over or the server ends it; returns
   * what was said last.
   */
  public stream(
    sent: Pick<ApiRequest, 'path' | 'query'>,
    milliseconds: number,
    onLine: (line: string) => Heard,
  ): Promise<Heard> {
    const url = this.urlOf(sent);
    const headers = { accept: 'application/json', authorization: `Bearer ${this.connection.token}` };
    return new Promise((resolve, reject) => {
      let heard: Heard = 'more';
      const outgoing = request(url, { agent: false, ca: this.connection.ca, headers }, (response) => {
        let rest = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          const lines = (rest + text).split('\n');
          rest = lines.pop() ?? '';
          try {
            for (const line of lines) {
              if (heard === 'more') heard = response.statusCode === 200 ? onLine(line) : 'again';
            }
          } catch (error) {
            reject(error as Error);
            heard = 'again';
          }
          if (heard !== 'more') outgoing.destroy();
        });
        response.on('error', () => undefined); // destroyed: `close` comes
      });
      const timer = setTimeout(() => outgoing.destroy(), milliseconds);
      outgoing.on('error', () => undefined);
      outgoing.on('close', () => {
        clearTimeout(timer);
        resolve(heard);
      });
      outgoing.end();
    });
  }

  private urlOf(sent: Pick<ApiRequest, 'path' | 'query'>): URL {
    const url = new URL(sent.path, this.connection.server);
    for (const [name, value] of Object.entries(sent.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    return url;
  }

  private sendOnce(sent: ApiRequest): Promise<ApiAnswer> {
    const url = this.urlOf(sent);
    const body =
      sent.body === undefined
        ? undefined
        : Buffer.from(typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body));
    const headers: { [header: string]: string | number } = {
      accept: 'application/json',
      authorization: `Bearer ${this.connection.token}`,
    };
    if (body) {
      headers['content-type'] = sent.contentType ?? 'application/json';
      headers['content-length'] = body.length;
    }
    return new Promise((resolve, reject) => {
      const outgoing = request(url, { agent: this.agent, method: sent.method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            body: parsed(Buffer.concat(chunks).toString('utf8')),
            warnings: (response.headersDistinct.warning ?? []).map(warningText),
          });
        });
      });
      outgoing.setTimeout(60_000, () => outgoing.destroy(new Error(`${sent.method} ${sent.path}: no answer in 60 s`)));
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The text of `299 - "text"`, in which quotes and backslashes are escaped. */
function warningText(header: string): string {
  const quoted = /^\d{3} \S+ "((?:[^"\\]|\\.)*)"/.exec(header);
  return quoted ? quoted[1].replace(/\\(.)/g, '$1') : header;
}
