/** A JSON value that stands for a real number: a double (its exact value), or a fraction string such as "29/3" or "-1". */
export type Numeric = number | string;

const FRACTION = /^-?\d+(\/[1-9]\d*)?$/;

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** The number of binary digits of n >= 0 (0 for 0). */
const bitLength = (n: bigint): number => {
  const hex = n.toString(16);
  return n === 0n ? 0 : 4 * hex.length - Math.clz32(Number.parseInt(hex.charAt(0), 16)) + 28;
};

const BITS = new DataView(new ArrayBuffer(8));

/** The next double above x (x finite or -Infinity). */
export function nextUp(x: number): number {
  if (Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return x;
  if (x === 0) return Number.MIN_VALUE;
  BITS.setFloat64(0, x);
  const bits = BITS.getBigInt64(0);
  BITS.setBigInt64(0, x > 0 ? bits + 1n : bits - 1n);
  return BITS.getFloat64(0);
}

/** The next double below x (x finite or Infinity). */
export const nextDown = (x: number): number => -nextUp(-x);

/**
 * An exact rational number p/q, q > 0, gcd(p, q) = 1.
 *
 * Every finite double is one (a dyadic), so the exact subject and the floating-point subjects speak one language.
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

  static of(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
    const [p, q] = [BigInt(numerator), BigInt(denominator)];
    if (q === 0n) throw new RangeError('Rational.of: denominator != 0, got 0');
    if (q === 1n) return new Rational(p, 1n);
    const divisor = q < 0n ? -gcd(p, q) : gcd(p, q);
    return new Rational(p / divisor, q / divisor);
  }

  /** The exact value of a double or of a fraction string. */
  static from(value: Numeric): Rational {
    if (typeof value === 'string') {
      if (!FRACTION.test(value))
        throw new RangeError(`Rational.from: a fraction string p or p/q, got ${JSON.stringify(value)}`);
      const [p = '0', q = '1'] = value.split('/');
      return Rational.of(BigInt(p), BigInt(q));
    }
    if (!Number.isFinite(value)) throw new RangeError(`Rational.from: a finite number, got ${value}`);
    if (Number.isInteger(value)) return new Rational(BigInt(value), 1n);
    BITS.setFloat64(0, value);
    const bits = BITS.getBigUint64(0);
    const biased = Number((bits >> 52n) & 0x7ffn);
    const fraction = bits & 0xfffffffffffffn;
    const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
    const exponent = (biased === 0 ? 1 : biased) - 1075;
    const signed = value < 0 ? -mantissa : mantissa;
    return exponent >= 0 ? new Rational(signed << BigInt(exponent), 1n) : Rational.of(signed, 1n << BigInt(-exponent));
  }

  plus(other: Rational): Rational {
    if (this.denominator === other.denominator) return Rational.of(this.numerator + other.numerator, this.denominator);
    return Rational.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  minus(other: Rational): Rational {
    return this.plus(other.negated());
  }

  times(other: Rational): Rational {
    return Rational.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  dividedBy(other: Rational): Rational {
    if (other.numerator === 0n) throw new RangeError('Rational.dividedBy: divisor != 0, got 0');
    return Rational.of(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  /** this^exponent for an integer exponent; 0^0 = 1. */
  power(exponent: number): Rational {
    if (!Number.isInteger(exponent)) throw new RangeError(`Rational.power: an integer exponent, got ${exponent}`);
    const e = BigInt(Math.abs(exponent));
    const raised = new Rational(this.numerator ** e, this.denominator ** e);
    return exponent >= 0 ? raised : Rational.ONE.dividedBy(raised);
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
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
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
    const quotient = this.numerator / this.denominator;
    return this.numerator < 0n && quotient * this.denominator !== this.numerator ? quotient - 1n : quotient;
  }

  /** The smallest integer >= this. */
  ceiling(): bigint {
    return -this.negated().floor();
  }

  /** The exact square root, or undefined where it is irrational. @throws RangeError below 0. */
  squareRoot(): Rational | undefined {
    if (this.numerator < 0n) throw new RangeError(`Rational.squareRoot: a value >= 0, got ${this}`);
    const p = integerSquareRoot(this.numerator);
    const q = integerSquareRoot(this.denominator);
    return p * p === this.numerator && q * q === this.denominator ? new Rational(p, q) : undefined;
  }

  /** The square root rounded down (or up) to a multiple of 2^-bits. */
  squareRootBounds(bits: number): readonly [Rational, Rational] {
    if (this.numerator < 0n) throw new RangeError(`Rational.squareRootBounds: a value >= 0, got ${this}`);
    const scaled = (this.numerator << BigInt(2 * bits)) / this.denominator;
    const root = integerSquareRoot(scaled);
    const exact = root * root * this.denominator === this.numerator << BigInt(2 * bits);
    return [Rational.of(root, 1n << BigInt(bits)), Rational.of(exact ? root : root + 1n, 1n << BigInt(bits))];
  }

  /** The largest multiple of 2^-bits that is <= this. */
  roundedDown(bits: number): Rational {
    return Rational.of(Rational.of(this.numerator << BigInt(bits), this.denominator).floor(), 1n << BigInt(bits));
  }

  /** The smallest multiple of 2^-bits that is >= this. */
  roundedUp(bits: number): Rational {
    return this.negated().roundedDown(bits).negated();
  }

  /** The nearest double, ties to even; overflow gives an infinity. */
  toNumber(): number {
    return nearestDouble(this.numerator, this.denominator);
  }

  /** The largest double <= this (-Infinity where there is none above it). */
  lowerDouble(): number {
    const near = this.toNumber();
    if (near === Number.NEGATIVE_INFINITY) return near;
    if (near === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
    return this.compare(Rational.from(near)) < 0 ? nextDown(near) : near;
  }

  /** The smallest double >= this. */
  upperDouble(): number {
    return -this.negated().lowerDouble();
  }

  /** "p" or "p/q": what Rational.from reads back. */
  toString(): string {
    return this.denominator === 1n ? `${this.numerator}` : `${this.numerator}/${this.denominator}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** floor(sqrt(n)) for n >= 0, by Newton's iteration from above. */
export function integerSquareRoot(n: bigint): bigint {
  if (n < 0n) throw new RangeError(`integerSquareRoot: n >= 0, got ${n}`);
  if (n < 2n) return n;
  let x = 1n << BigInt((bitLength(n) >> 1) + 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** p/q (q > 0) correctly rounded to double: an integer quotient of 64 or more bits with a sticky bit, rounded once. */
function nearestDouble(p: bigint, q: bigint): number {
  if (p === 0n) return 0;
  const negative = p < 0n;
  const n = negative ? -p : p;
  if (q === 1n && n <= 0x1fffffffffffffn) return Number(p);
  // 2^exponent is the unit in the last place of the result: 53 bits, fewer for subnormals
  let exponent = bitLength(n) - bitLength(q) - 53;
  if (exponent < -1074) exponent = -1074;
  let quotient = divideAt(n, q, exponent);
  if (quotient[0] >= 1n << 53n) {
    exponent += 1;
    quotient = divideAt(n, q, exponent);
  }
  let [mantissa] = quotient;
  const [, twiceRemainder, divisor] = quotient;
  if (twiceRemainder > divisor || (twiceRemainder === divisor && (mantissa & 1n) === 1n)) mantissa += 1n;
  // a power of two in two exact steps, since 2^-1074 alone and 2^1023 alone are representable
  const magnitude =
    exponent < -1022 ? Number(mantissa) * Number.MIN_VALUE * 2 ** (exponent + 1074) : scale(Number(mantissa), exponent);
  return negative ? -magnitude : magnitude;
}

function divideAt(n: bigint, q: bigint, exponent: number): readonly [bigint, bigint, bigint] {
  const numerator = exponent < 0 ? n << BigInt(-exponent) : n;
  const divisor = exponent > 0 ? q << BigInt(exponent) : q;
  const mantissa = numerator / divisor;
  return [mantissa, (numerator - mantissa * divisor) * 2n, divisor];
}

/** m * 2^exponent for |m| <= 2^53 with a normal or infinite result. */
function scale(m: number, exponent: number): number {
  const half = exponent >> 1;
  return m * 2 ** half * 2 ** (exponent - half);
}
