import { isIPv4, isIPv6 } from 'node:net';

/** A block of addresses, as numbers. */
interface Block {
  readonly first: bigint;
  /** Bits of the prefix. */
  readonly prefix: number;
  /** Bits of an address: 32 or 128. */
  readonly width: number;
}

/**
 * What is wrong with a block of addresses such as `10.0.0.0/8` or `fd00::/8`. The API server warns of those that are not written in the one
 * canonical way.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
 */
export function cidrProblem(text: string): string | undefined {
  const block = blockOf(text);
  if (block === undefined) return 'is no block of addresses such as 10.0.0.0/8';
  const { first, prefix, width } = block;
  const hosts = BigInt(width - prefix);
  if ((first >> hosts) << hosts !== first) return `has bits set after the first ${prefix}`;
  const [address] = text.split('/');
  if (width === 128 && address.startsWith('::ffff:')) return 'is an IPv4 block in the form of IPv6';
  return width === 128 && address !== canonical(address)
    ? `must be written as ${canonical(address)}/${prefix}`
    : undefined;
}

/** Whether a block lies in another one and is smaller. Both must be sound. */
export function isWithin(inner: string, outer: string): boolean {
  const [small, large] = [blockOf(inner)!, blockOf(outer)!];
  if (small.width !== large.width || small.prefix <= large.prefix) return false;
  const hosts = BigInt(large.width - large.prefix);
  return small.first >> hosts === large.first >> hosts;
}

function blockOf(text: string): Block | undefined {
  const [address, length, ...rest] = text.split('/');
  if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length ?? '')) return undefined;
  const prefix = Number(length);
  const width = isIPv4(address) ? 32 : isIPv6(address) && !/[.%]/.test(address) ? 128 : 0;
  if (width === 0 || prefix > width) return undefined;
  const first = width === 32 ? numberOf(address.split('.'), 8, 10) : numberOf(groupsOf(address), 16, 16);
  return { first, prefix, width };
}

function numberOf(parts: readonly string[], bits: number, radix: number): bigint {
  return parts.reduce((sum, part) => (sum << BigInt(bits)) + BigInt(parseInt(part, radix)), BigInt(0));
}

function groupsOf(address: string): string[] {
  const [head, tail] = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  return tail === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
}

/** The form of RFC 5952, which URLs have. */
function canonical(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
