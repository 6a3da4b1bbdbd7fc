// Kubernetes quantities as anybody writes them. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/

/** Units of 1024, smallest first. */
export const BINARY_UNITS = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
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
