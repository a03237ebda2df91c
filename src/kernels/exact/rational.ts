import { floorDivide, gcd, integerSquareRoot, powerOfTwo } from './integer.ts';
import { roundDown, roundToNearest } from './nearest-double.ts';
import { fractionOf, type Numeric } from './numeric.ts';

export { integerSquareRoot } from './integer.ts';
export { nextDown, nextUp } from './next-double.ts';
export type { Numeric } from './numeric.ts';

/**
 * An exact rational number p/q, q > 0, gcd(p, q) = 1.
 *
 * Every finite double is one (a dyadic), so the exact subject and the floating-point subjects speak one language.
 * Sums and products cancel common factors before they multiply (Knuth, TAOCP 2, 4.5.1): the gcds stay half as long.
 * @throws RangeError on division by zero, on non-finite doubles and on malformed fraction strings.
 */
export class Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;

  private constructor(numerator: bigint, denominator: bigint) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  static readonly ZERO = new Rational(0n, 1n);
  static readonly ONE = new Rational(1n, 1n);

  /** p/q in lowest terms. @throws RangeError where q = 0 or where a number is no integer. */
  static of(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
    const [p, q] = [integer(numerator), integer(denominator)];
    if (q === 0n) throw new RangeError('Rational.of: denominator != 0, got 0');
    if (q === 1n) return new Rational(p, 1n);
    const divisor = q < 0n ? -gcd(p, q) : gcd(p, q);
    return new Rational(p / divisor, q / divisor);
  }

  /** The exact value of a double or of a fraction string; a rational is itself. */
  static from(value: Numeric | Rational): Rational {
    if (value instanceof Rational) return value;
    const { numerator, denominator } = fractionOf(value);
    return Rational.of(numerator, denominator);
  }

  plus(other: Rational): Rational {
    return this.added(other.numerator, other.denominator);
  }

  minus(other: Rational): Rational {
    return this.added(-other.numerator, other.denominator);
  }

  times(other: Rational): Rational {
    return this.multiplied(other.numerator, other.denominator);
  }

  /** @throws RangeError where the divisor is 0. */
  dividedBy(other: Rational): Rational {
    if (other.numerator === 0n) throw new RangeError('Rational.dividedBy: divisor != 0, got 0');
    return other.numerator < 0n
      ? this.multiplied(-other.denominator, -other.numerator)
      : this.multiplied(other.denominator, other.numerator);
  }

  /** this + p/q for coprime p and q > 0. */
  private added(p: bigint, q: bigint): Rational {
    if (q === 1n) return new Rational(this.numerator + p * this.denominator, this.denominator);
    if (this.denominator === 1n) return new Rational(this.numerator * q + p, q);
    // a common factor of the sum and of the denominators' product divides their gcd
    const common = gcd(this.denominator, q);
    if (common === 1n) return new Rational(this.numerator * q + p * this.denominator, this.denominator * q);
    const left = this.denominator / common;
    const sum = this.numerator * (q / common) + p * left;
    const shared = gcd(sum, common);
    return new Rational(sum / shared, left * (q / shared));
  }

  /** this p/q for coprime p and q > 0. */
  private multiplied(p: bigint, q: bigint): Rational {
    if (q === 1n && this.denominator === 1n) return new Rational(this.numerator * p, 1n);
    const across = gcd(this.numerator, q);
    const back = gcd(p, this.denominator);
    return new Rational((this.numerator / across) * (p / back), (this.denominator / back) * (q / across));
  }

  /** this^exponent for an integer exponent; 0^0 = 1. @throws RangeError for 0 to a negative power. */
  power(exponent: number): Rational {
    if (!Number.isInteger(exponent)) throw new RangeError(`Rational.power: an integer exponent, got ${exponent}`);
    if (exponent < 0 && this.numerator === 0n)
      throw new RangeError(`Rational.power: an exponent >= 0 of 0, got ${exponent}`);
    const e = BigInt(Math.abs(exponent));
    // powers of coprime numbers are coprime
    const [p, q] = [this.numerator ** e, this.denominator ** e];
    if (exponent >= 0) return new Rational(p, q);
    return p < 0n ? new Rational(-q, -p) : new Rational(q, p);
  }

  negated(): Rational {
    return new Rational(-this.numerator, this.denominator);
  }

  absolute(): Rational {
    return this.numerator < 0n ? this.negated() : this;
  }

  /** -1, 0 or 1. */
  sign(): -1 | 0 | 1 {
    return this.numerator < 0n ? -1 : this.numerator > 0n ? 1 : 0;
  }

  /** -1, 0 or 1 as this is less than, equal to or greater than the other. */
  compare(other: Rational): -1 | 0 | 1 {
    if (this.sign() !== other.sign()) return this.sign() < other.sign() ? -1 : 1;
    const [left, right] =
      this.denominator === other.denominator
        ? [this.numerator, other.numerator]
        : [this.numerator * other.denominator, other.numerator * this.denominator];
    return left < right ? -1 : left > right ? 1 : 0;
  }

  equals(other: Rational): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }

  lessThan(other: Rational): boolean {
    return this.compare(other) < 0;
  }

  atMost(other: Rational): boolean {
    return this.compare(other) <= 0;
  }

  static min(first: Rational, ...others: readonly Rational[]): Rational {
    return others.reduce((least, r) => (r.lessThan(least) ? r : least), first);
  }

  static max(first: Rational, ...others: readonly Rational[]): Rational {
    return others.reduce((most, r) => (most.lessThan(r) ? r : most), first);
  }

  static sum(terms: Iterable<Rational>): Rational {
    let total = Rational.ZERO;
    for (const term of terms) total = total.plus(term);
    return total;
  }

  /** The largest integer <= this. */
  floor(): bigint {
    return floorDivide(this.numerator, this.denominator);
  }

  /** The smallest integer >= this. */
  ceiling(): bigint {
    return -floorDivide(-this.numerator, this.denominator);
  }

  /** The exact square root, or undefined where it is irrational. @throws RangeError below 0. */
  squareRoot(): Rational | undefined {
    if (this.numerator < 0n) throw new RangeError(`Rational.squareRoot: a value >= 0, got ${this}`);
    const p = integerSquareRoot(this.numerator);
    const q = integerSquareRoot(this.denominator);
    return p * p === this.numerator && q * q === this.denominator ? new Rational(p, q) : undefined;
  }

  /**
   * The square root rounded down and up to multiples of 2^-bits: equal where it is such a multiple.
   * @throws RangeError below 0, or where bits is no integer >= 0.
   */
  squareRootBounds(bits: number): readonly [Rational, Rational] {
    if (this.numerator < 0n) throw new RangeError(`Rational.squareRootBounds: a value >= 0, got ${this}`);
    const unit = powerOfTwo(bits, 'Rational.squareRootBounds');
    const scaled = this.numerator * unit * unit;
    const root = integerSquareRoot(scaled / this.denominator);
    const exact = root * root * this.denominator === scaled;
    return [Rational.of(root, unit), Rational.of(exact ? root : root + 1n, unit)];
  }

  /** The largest multiple of 2^-bits that is <= this. @throws RangeError where bits is no integer >= 0. */
  roundedDown(bits: number): Rational {
    const unit = powerOfTwo(bits, 'Rational.roundedDown');
    return Rational.of(floorDivide(this.numerator * unit, this.denominator), unit);
  }

  /** The smallest multiple of 2^-bits that is >= this. @throws RangeError where bits is no integer >= 0. */
  roundedUp(bits: number): Rational {
    const unit = powerOfTwo(bits, 'Rational.roundedUp');
    return Rational.of(-floorDivide(-this.numerator * unit, this.denominator), unit);
  }

  /** The nearest double, ties to even; overflow gives an infinity, underflow 0 (never -0). */
  toNumber(): number {
    return roundToNearest(this.numerator, this.denominator);
  }

  /** The largest double <= this; -Infinity below -MAX_VALUE. */
  lowerDouble(): number {
    return roundDown(this.numerator, this.denominator);
  }

  /** The smallest double >= this; Infinity above MAX_VALUE. */
  upperDouble(): number {
    return 0 - roundDown(-this.numerator, this.denominator);
  }

  /** "p" or "p/q": what Rational.from reads back. */
  toString(): string {
    return this.denominator === 1n ? `${this.numerator}` : `${this.numerator}/${this.denominator}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

function integer(value: bigint | number): bigint {
  if (typeof value === 'number' && !Number.isInteger(value))
    throw new RangeError(`Rational.of: an integer, got ${value}`);
  return BigInt(value);
}
