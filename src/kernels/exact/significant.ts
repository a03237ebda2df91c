import { bitLength, floorDivide, integerSquareRoot } from './integer.ts';
import { Rational } from './rational.ts';

/**
 * The value rounded down to so many significant binary digits: within a factor 1 - 2^(1 - bits) and 1 for x > 0. 0 stays 0.
 * @throws RangeError where bits is no integer >= 1.
 */
export function toSignificant(x: Rational, bits: number): Rational {
  if (!Number.isInteger(bits) || bits < 1) throw new RangeError(`toSignificant: an integer bits >= 1, got ${bits}`);
  return scaledFloor(x, bits - magnitudeOf(x));
}

/**
 * The square root of x >= 0, rounded down to so many significant digits, of which all but the last are right.
 * @throws RangeError below 0, or where bits is no integer >= 1.
 */
export function rootToSignificant(x: Rational, bits: number): Rational {
  if (x.sign() < 0) throw new RangeError(`rootToSignificant: a value >= 0, got ${x}`);
  if (!Number.isInteger(bits) || bits < 1) throw new RangeError(`rootToSignificant: an integer bits >= 1, got ${bits}`);
  // an even shift that leaves 2 bits + 1 digits or more before the root
  const shift = 2 * Math.ceil((2 * bits + 1 - magnitudeOf(x)) / 2);
  const root = integerSquareRoot(scaled(x, shift).floor());
  return scaled(Rational.of(root), -shift / 2);
}

/** e with 2^(e - 1) < |x| < 2^(e + 1); 0 for 0. */
const magnitudeOf = (x: Rational): number =>
  bitLength(x.numerator) - bitLength(x.denominator) + (x.sign() === 0 ? 1 : 0);

const scaled = (x: Rational, shift: number): Rational =>
  x.times(shift >= 0 ? Rational.of(1n << BigInt(shift)) : Rational.of(1n, 1n << BigInt(-shift)));

/** floor(x 2^shift) / 2^shift. */
function scaledFloor({ numerator, denominator }: Rational, shift: number): Rational {
  return shift >= 0
    ? Rational.of(floorDivide(numerator << BigInt(shift), denominator), 1n << BigInt(shift))
    : Rational.of(floorDivide(numerator, denominator << BigInt(-shift)) << BigInt(-shift));
}
