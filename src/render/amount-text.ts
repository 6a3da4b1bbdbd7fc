import type { Duration, Size } from 'cdk8s';
import { secondsOf } from '../core/amounts';
import { cpuMillis, cpuQuantity, memoryQuantity } from '../kinds/quantity';

/** Size, Duration and Cpu as Kubernetes writes them; undefined for any other class. */
export function amountText(value: object): string | undefined {
  const { toKibibytes, toSeconds, amount } = value as { toKibibytes?: unknown; toSeconds?: unknown; amount?: unknown };
  if (typeof toKibibytes === 'function') return memoryQuantity(value as Size);
  if (typeof toSeconds === 'function') return `${secondsOf(value as Duration)}s`;
  if (typeof amount !== 'string' || !/^\d+(\.\d+)?m?$/.test(amount)) return undefined;
  return cpuQuantity(cpuMillis({ amount }));
}
