import type { Size } from 'cdk8s';
import { kibibytes, millisOf } from '../core/amounts';
import { BINARY_UNITS } from './parse-quantity';

// Kubernetes quantities. Written always as text: controllers store them as text, and a number in the manifest then
// differs from what the cluster holds (an immutable field would refuse the next apply).
// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/

/** A Size as the API server writes it: the greatest binary unit that keeps it whole (`1536Mi`, `64Gi`). */
export function memoryQuantity(size: Size): string {
  return kibibyteQuantity(kibibytes(size));
}

/** KiB in the greatest binary unit that keeps them whole, or bytes: Kubernetes knows no part of a byte. */
export function kibibyteQuantity(kib: number): string {
  if (!Number.isInteger(kib)) return String(Math.round(kib * 1024));
  let amount = kib;
  let unit = 0;
  while (amount !== 0 && amount % 1024 === 0 && unit < BINARY_UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${amount}${BINARY_UNITS[unit]}`;
}

/** Milli-cores as the API server writes them: `8`, `500m`. */
export function cpuQuantity(millis: number): string {
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}

/** The amount of a `Cpu` of cdk8s-plus-28 in milli-cores. */
export function cpuMillis(cpu: { readonly amount: string }): number {
  return millisOf(cpu.amount);
}

/** A count of devices, which Kubernetes takes whole only. */
export function deviceQuantity(count: number): string {
  return String(count);
}
