import { bitLength, magnitude } from './integer.ts';
import { nextDown } from './next-double.ts';

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const PRECISION = 53;
/** The exponent of the least subnormal. */
const LEAST_EXPONENT = -1074;

/**
 * The double nearest to p/q (q > 0), ties to even, and the sign of p/q - double.
 *
 * An integer quotient of 53 bits (fewer for subnormals) and its exact remainder are rounded once. Overflow gives an
 * infinity, underflow 0, never -0.
 */
export function nearestDouble(p: bigint, q: bigint): { readonly double: number; readonly error: number } {
  const n = magnitude(p);
  const { double, error } = nearestMagnitude(n, q);
  return p < 0n ? { double: 0 - double, error: 0 - error } : { double, error };
}

function nearestMagnitude(n: bigint, q: bigint): { readonly double: number; readonly error: number } {
  if (n === 0n) return { double: 0, error: 0 };
  // 2^exponent is the unit in the last place of the result
  let exponent = Math.max(bitLength(n) - bitLength(q) - PRECISION, LEAST_EXPONENT);
  let { quotient, remainder, divisor } = divideAt(n, q, exponent);
  if (quotient >> BigInt(PRECISION) !== 0n) {
    exponent += 1;
    ({ quotient, remainder, divisor } = divideAt(n, q, exponent));
  }
  const excess = 2n * remainder - divisor;
  const up = excess > 0n || (excess === 0n && (quotient & 1n) === 1n);
  const double = scaleByPowerOfTwo(Number(up ? quotient + 1n : quotient), exponent);
  if (double === Number.POSITIVE_INFINITY) return { double, error: -1 };
  return { double, error: remainder === 0n ? 0 : up ? -1 : 1 };
}

function divideAt(n: bigint, q: bigint, exponent: number) {
  const numerator = exponent < 0 ? n << BigInt(-exponent) : n;
  const divisor = exponent > 0 ? q << BigInt(exponent) : q;
  const quotient = numerator / divisor;
  return { quotient, remainder: numerator - quotient * divisor, divisor };
}

/** m 2^exponent for an integer 0 <= m <= 2^53, exponent >= -1074, m >= 2^52 or exponent = -1074: no product here rounds. */
function scaleByPowerOfTwo(m: number, exponent: number): number {
  if (exponent > 1023) return Number.POSITIVE_INFINITY;
  // 2^-1074 alone is representable, and so is every power of two up to 2^1023
  return m * 2 ** exponent;
}

/** The double nearest to p/q (q > 0), ties to even. */
export function roundToNearest(p: bigint, q: bigint): number {
  // IEEE division of two exactly converted numbers rounds once, and nothing here under- or overflows
  if (p <= MAX_SAFE && p >= -MAX_SAFE && q <= MAX_SAFE) return Number(p) / Number(q);
  return nearestDouble(p, q).double;
}

/** The largest double <= p/q (q > 0); -Infinity below -MAX_VALUE. */
export function roundDown(p: bigint, q: bigint): number {
  if (q === 1n && p <= MAX_SAFE && p >= -MAX_SAFE) return Number(p);
  const { double, error } = nearestDouble(p, q);
  return error < 0 ? nextDown(double) : double;
}
