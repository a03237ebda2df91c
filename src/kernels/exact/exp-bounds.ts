import { bitLength } from './integer.ts';
import { Rational } from './rational.ts';
import { type RationalInterval, rationalInterval } from './rational-interval.ts';

/** The argument of the Taylor series is reduced below 2^-8, so that a term has 8 bits less than the one before, and more. */
const REDUCTION = 8;

const GUARD = 8;

/**
 * Rationals around exp(x), hi/lo - 1 < 2^-bits; a point for x = 0 alone.
 *
 * exp(x) = exp(x / 2^s)^(2^s), and 1/exp(-x) below 0: the Taylor series of the reduced argument and s squarings in fixed
 * point, with everything rounded down for lo and up for hi, so that the bounds hold whatever the precision. A squaring
 * doubles the relative error and adds one unit, and the series, of fewer than bits terms, errs by two units a term: so
 * s + log2(bits) + 8 guard bits keep the whole below 2^-bits. The cost grows with |x|, the
 * length of the result.
 * @throws RangeError where bits is no integer >= 1.
 */
export function expBounds(x: Rational, bits: number): RationalInterval {
  if (!Number.isInteger(bits) || bits < 1) throw new RangeError(`expBounds: an integer bits >= 1, got ${bits}`);
  if (x.sign() === 0) return rationalInterval(1);
  if (x.sign() < 0) {
    const { lo, hi } = expBounds(x.negated(), bits);
    return { lo: Rational.ONE.dividedBy(hi), hi: Rational.ONE.dividedBy(lo) };
  }
  const squarings = bitLength(x.ceiling()) + REDUCTION;
  const places = BigInt(bits + squarings + bitLength(BigInt(bits)) + GUARD);
  const unit = 1n << places;
  // x / 2^squarings < 2^-8 in units
  const scaled = x.numerator << places;
  const divisor = x.denominator << BigInt(squarings);
  const reduced = scaled / divisor;
  let [lo, hi] = [taylorDown(reduced, unit), taylorUp(reduced + 1n, unit)];
  for (let k = 0; k < squarings; k += 1) [lo, hi] = [(lo * lo) >> places, ceilingShift(hi * hi, places)];
  return { lo: Rational.of(lo, unit), hi: Rational.of(hi, unit) };
}

const ceilingShift = (n: bigint, places: bigint): bigint => -(-n >> places);

/** A lower bound of exp(y), y >= 0, both in units: the terms until they vanish, each rounded down. */
function taylorDown(y: bigint, unit: bigint): bigint {
  let [sum, term] = [0n, unit];
  for (let n = 1n; term > 0n; n += 1n) {
    sum += term;
    term = (term * y) / (unit * n);
  }
  return sum;
}

/** An upper bound of exp(y), 0 <= y <= 1/2: the terms until they are at most 1, rounded up; all that follow are below 1. */
function taylorUp(y: bigint, unit: bigint): bigint {
  let [sum, term] = [0n, unit];
  for (let n = 1n; term > 1n; n += 1n) {
    sum += term;
    term = (term * y) / (unit * n) + 1n;
  }
  return sum + term + 1n;
}
