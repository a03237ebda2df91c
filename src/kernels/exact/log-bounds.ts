import { bitLength } from './integer.ts';
import { Rational } from './rational.ts';
import { type RationalInterval, rationalInterval } from './rational-interval.ts';

const GUARD = 16;
const THREE = Rational.from(3);

/**
 * Rationals around log(x), (hi - lo) / |log(x)| < 2^-bits; a point for x = 1 alone.
 *
 * x = m 2^e with m in [3/4, 3/2]: log(x) = e log(2) + log(m), where log(m) = 2 artanh((m - 1)/(m + 1)) and
 * log(2) = 2 artanh(1/3), by their power series in fixed point, rounded down for lo and up for hi, so that the bounds hold
 * whatever the precision. For e != 0 the sum is at least log(4/3) in modulus, since |log(m)| <= log(3/2); for e = 0 the
 * unit is made smaller as m comes nearer to 1.
 * @throws RangeError for x <= 0, or where bits is no integer >= 1.
 */
export function logBounds(x: Rational, bits: number): RationalInterval {
  if (!Number.isInteger(bits) || bits < 1) throw new RangeError(`logBounds: an integer bits >= 1, got ${bits}`);
  if (x.sign() <= 0) throw new RangeError(`logBounds: x > 0, got ${x}`);
  const exponent = binaryExponent(x);
  const m = exponent < 0 ? x.times(powerOfTwo(-exponent)) : x.dividedBy(powerOfTwo(exponent));
  const z = m.minus(Rational.ONE).dividedBy(m.plus(Rational.ONE));
  const closeness = Math.max(bitLength(z.denominator) - bitLength(z.numerator), 0);
  const places = bits + GUARD + (exponent === 0 ? closeness : bitLength(BigInt(exponent)));
  const logM = artanh(z, places);
  if (exponent === 0) return doubled(logM);
  const logTwo = artanh(Rational.of(1, 3), places);
  const e = Rational.of(exponent);
  const [lo, hi] = exponent < 0 ? [logTwo.hi, logTwo.lo] : [logTwo.lo, logTwo.hi];
  return doubled({ lo: lo.times(e).plus(logM.lo), hi: hi.times(e).plus(logM.hi) });
}

const powerOfTwo = (exponent: number): Rational => Rational.of(1n << BigInt(exponent));

const doubled = ({ lo, hi }: RationalInterval): RationalInterval => ({ lo: lo.plus(lo), hi: hi.plus(hi) });

/** The e with x / 2^e in [3/4, 3/2). */
function binaryExponent(x: Rational): number {
  // 2^(e - 1) < x < 2^(e + 1), so x / 2^e lies in (1/2, 2)
  const e = bitLength(x.numerator) - bitLength(x.denominator);
  const power = e < 0 ? Rational.ONE.dividedBy(powerOfTwo(-e)) : powerOfTwo(e);
  const fourfold = x.times(Rational.from(4)).dividedBy(power);
  if (fourfold.lessThan(THREE)) return e - 1;
  return fourfold.lessThan(THREE.plus(THREE)) ? e : e + 1;
}

/** Bounds of artanh(z) = z + z^3/3 + z^5/5 + …, |z| <= 1/3, in units of 2^-places. */
function artanh(z: Rational, places: number): RationalInterval {
  if (z.sign() === 0) return rationalInterval(0);
  if (z.sign() < 0) {
    const { lo, hi } = artanh(z.negated(), places);
    return { lo: hi.negated(), hi: lo.negated() };
  }
  const unit = 1n << BigInt(places);
  const down = (z.numerator << BigInt(places)) / z.denominator;
  return {
    lo: Rational.of(artanhDown(down, unit), unit),
    hi: Rational.of(artanhUp(down + 1n, unit), unit),
  };
}

function artanhDown(z: bigint, unit: bigint): bigint {
  const square = (z * z) / unit;
  let [sum, power] = [0n, z];
  for (let n = 1n; power > 0n; n += 2n) {
    sum += power / n;
    power = (power * square) / unit;
  }
  return sum;
}

/** Every term one up; from a power of at most 1 on, the rest is below 1/(1 - z^2) <= 9/8. */
function artanhUp(z: bigint, unit: bigint): bigint {
  const square = (z * z) / unit + 1n;
  let [sum, power] = [0n, z];
  for (let n = 1n; power > 1n; n += 2n) {
    sum += power / n + 1n;
    power = (power * square) / unit + 1n;
  }
  return sum + 2n;
}
