import type { Size } from 'cdk8s';
import { kibibytes, millisOf } from '../core/amounts';

// Kubernetes quantities. Written always as text: controllers store them as text, and a number in the manifest then
// differs from what the cluster holds (an immutable field would refuse the next apply).
// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/

const BINARY_UNITS = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

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

const QUANTITY = /^([+-]?)(\d{0,30})(?:\.(\d{0,30}))?(?:([eE][+-]?\d{1,3})|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?$/;
const DECIMAL_EXPONENT: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

/** A quantity as an exact number of nano-units; undefined when it is none. */
export function parseQuantity(quantity: string): bigint | undefined {
  const match = quantity.length > 80 ? null : QUANTITY.exec(quantity);
  if (!match) return undefined;
  const [, sign, whole, fraction = '', exponent, unit] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(`${whole}${fraction}` || '0');
  const nano = scale(digits, fraction.length, exponent, unit);
  return sign === '-' ? -nano : nano;
}

function scale(digits: bigint, decimals: number, exponent: string | undefined, unit: string | undefined): bigint {
  const binary = unit === undefined ? -1 : BINARY_UNITS.indexOf(unit);
  if (binary >= 0) return ceilDivide(digits * 1024n ** BigInt(binary + 1) * 10n ** 9n, 10n ** BigInt(decimals));
  const ten = 9 - decimals + (exponent === undefined ? (DECIMAL_EXPONENT[unit ?? ''] ?? 0) : Number(exponent.slice(1)));
  return ten >= 0 ? digits * 10n ** BigInt(ten) : ceilDivide(digits, 10n ** BigInt(-ten));
}

/** Kubernetes rounds what is finer than nano up. */
function ceilDivide(amount: bigint, by: bigint): bigint {
  return (amount + by - 1n) / by;
}
