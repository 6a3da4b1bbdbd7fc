import type { ApiClient } from './api-client';
import type { ApiTransport } from './api-transport';
import type { Manifest } from './manifest';

/** Which objects are watched. */
export interface Selection {
  readonly apiVersion: string;
  readonly kind: string;
  /** @default - all namespaces */
  readonly namespace?: string;
  /** @default - every name */
  readonly name?: string;
  /**
   * `a=b,c in (d)`.
   *
   * @default - any labels
   */
  readonly labels?: string;
}

/** What a watcher lacks, in words, given the objects as they are now; `undefined` when it has all. */
export type Missing = (objects: Manifest[]) => string | undefined;

/** Something awaited did not happen. */
export class DidNotHappen extends Error {
  constructor(awaited: string, seconds: number, missing: string) {
    super(`${awaited} did not happen within ${seconds} s: ${missing}`);
    this.name = 'DidNotHappen';
  }
}

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: Manifest;
}

/**
 * Lists the objects and watches them until nothing is missing; gives them back as they were then.
 *
 * Between two looks nothing is missed: the watch goes on from where the list ended.
 */
export async function watchUntil(
  client: ApiClient,
  transport: ApiTransport,
  selection: Selection,
  awaited: string,
  seconds: number,
  missing: Missing,
): Promise<Manifest[]> {
  const end = Date.now() + seconds * 1000;
  const path = await client.collectionPath(selection);
  const query = {
    labelSelector: selection.labels,
    fieldSelector: selection.name === undefined ? undefined : `metadata.name=${selection.name}`,
  };
  for (;;) {
    const { items, resourceVersion } = await client.list(selection);
    const objects = new Map(items.map((item) => [keyOf(item), item]));
    let still = missing([...objects.values()]);
    if (still === undefined) return [...objects.values()];
    const watched = { ...query, watch: 'true', resourceVersion };
    const done = await transport.stream({ path, query: watched }, Math.max(0, end - Date.now()), (line) => {
      const { type, object } = JSON.parse(line) as WatchEvent;
      if (type === 'ERROR') return 'again';
      if (type === 'BOOKMARK') return 'more';
      if (type === 'DELETED') objects.delete(keyOf(object));
      else objects.set(keyOf(object), object);
      still = missing([...objects.values()]);
      return still === undefined ? 'done' : 'more';
    });
    if (done === 'done') return [...objects.values()];
    if (Date.now() >= end) throw new DidNotHappen(awaited, seconds, still ?? 'the watch ended');
  }
}

function keyOf({ metadata }: Manifest): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
