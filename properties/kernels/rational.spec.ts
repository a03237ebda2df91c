import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitLength, gcd, integerRoot } from '../../src/kernels/exact/integer.ts';
import { type Numeric, nextDown, nextUp, Rational } from '../../src/kernels/exact/rational.ts';
import { hardDouble } from './hard-doubles.ts';

const big = fc.oneof(
  fc.bigInt(-30n, 30n),
  fc.bigInt(-(2n ** 70n), 2n ** 70n),
  fc.bigInt(-(2n ** 400n), 2n ** 400n),
  fc.nat(300).map((k) => 1n << BigInt(k)),
);
const positive = big.map((n) => (n < 0n ? -n : n) + 1n);
const rational = fc.tuple(big, positive).map(([p, q]) => Rational.of(p, q));

/** Euclid's algorithm as in the book: what the fast one must agree with. */
const euclid = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : euclid(b, a % b));

const fraction = (r: Rational): string => `${r.numerator}/${r.denominator}`;
const reduced = (p: bigint, q: bigint): string => {
  const divisor = q < 0n ? -euclid(p, q) : euclid(p, q);
  return `${p / divisor}/${q / divisor}`;
};

/** The value of a double from its bits: sign, exponent, mantissa. */
function exactDouble(x: number): readonly [bigint, bigint] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = (bits >> 52n) & 0x7ffn;
  const mantissa = (bits & (2n ** 52n - 1n)) + (biased === 0n ? 0n : 2n ** 52n);
  const exponent = (biased === 0n ? 1n : biased) - 1075n;
  const signed = bits >> 63n === 1n ? -mantissa : mantissa;
  return exponent >= 0n ? [signed << exponent, 1n] : [signed, 1n << -exponent];
}

describe('integers', () => {
  it('gcd agrees with Euclid', () => {
    fc.assert(fc.property(big, big, big, (a, b, c) => gcd(a * c, b * c) === euclid(a * c, b * c)));
  });
  it('gcd survives the worst quotients: Fibonacci neighbours, huge ratios, near-multiples', () => {
    let [a, b] = [1n, 1n];
    for (let k = 0; k < 400; k += 1) [a, b] = [b, a + b];
    expect(gcd(a, b)).toBe(1n);
    fc.assert(
      fc.property(positive, positive, fc.bigInt(-3n, 3n), (x, y, d) => gcd(x * y + d, y) === euclid(x * y + d, y)),
    );
    expect(gcd(0n, 0n)).toBe(0n);
  });
  it('bitLength counts binary digits', () => {
    fc.assert(fc.property(big, (n) => bitLength(n) === (n === 0n ? 0 : (n < 0n ? -n : n).toString(2).length)));
  });
  it('integerRoot is the floor of the root', () => {
    fc.assert(
      fc.property(positive, fc.integer({ min: 1, max: 12 }), (n, k) => {
        const root = integerRoot(n, k);
        return root ** BigInt(k) <= n && n < (root + 1n) ** BigInt(k);
      }),
    );
    expect(() => integerRoot(-1n, 2)).toThrow(RangeError);
    expect(() => integerRoot(2n, 0)).toThrow(RangeError);
  });
});

describe('arithmetic of rationals', () => {
  it('agrees with fractions of big integers, in lowest terms', () => {
    fc.assert(
      fc.property(rational, rational, (a, b) => {
        const [p, q, r, s] = [a.numerator, a.denominator, b.numerator, b.denominator];
        expect(fraction(a.plus(b))).toBe(reduced(p * s + r * q, q * s));
        expect(fraction(a.minus(b))).toBe(reduced(p * s - r * q, q * s));
        expect(fraction(a.times(b))).toBe(reduced(p * r, q * s));
        expect(a.compare(b)).toBe(Number(p * s > r * q) - Number(p * s < r * q));
        expect(a.equals(b)).toBe(p * s === r * q);
        expect(a.lessThan(b)).toBe(p * s < r * q);
        expect(a.atMost(b)).toBe(p * s <= r * q);
        if (r !== 0n) expect(fraction(a.dividedBy(b))).toBe(reduced(p * s, q * r));
        else expect(() => a.dividedBy(b)).toThrow('divisor != 0');
      }),
    );
  });
  it('keeps common denominators reduced', () => {
    fc.assert(
      fc.property(big, big, positive, positive, (p, r, q, k) => {
        expect(fraction(Rational.of(p, q * k).plus(Rational.of(r, q)))).toBe(reduced(p + r * k, q * k));
      }),
    );
  });
  it('raises to integer powers', () => {
    fc.assert(
      fc.property(rational, fc.integer({ min: -6, max: 6 }), (a, e) => {
        fc.pre(e >= 0 || a.sign() !== 0);
        const [p, q] = e >= 0 ? [a.numerator, a.denominator] : [a.denominator, a.numerator];
        expect(fraction(a.power(e))).toBe(reduced(p ** BigInt(Math.abs(e)), q ** BigInt(Math.abs(e))));
      }),
    );
    expect(Rational.ZERO.power(0).equals(Rational.ONE)).toBe(true);
    expect(() => Rational.ZERO.power(-1)).toThrow(RangeError);
    expect(() => Rational.ONE.power(0.5)).toThrow(RangeError);
  });
  it('floors, ceils and rounds outward to dyadics', () => {
    fc.assert(
      fc.property(rational, fc.nat(80), (a, bits) => {
        const [down, up] = [a.roundedDown(bits), a.roundedUp(bits)];
        const unit = Rational.of(1n, 1n << BigInt(bits));
        expect(down.atMost(a) && a.lessThan(down.plus(unit))).toBe(true);
        expect(a.atMost(up) && up.minus(unit).lessThan(a)).toBe(true);
        expect([(1n << BigInt(bits)) % down.denominator, (1n << BigInt(bits)) % up.denominator]).toEqual([0n, 0n]);
        expect([a.floor(), a.ceiling()]).toEqual([a.roundedDown(0).numerator, a.roundedUp(0).numerator]);
      }),
    );
    expect(() => Rational.ONE.roundedDown(-1)).toThrow(RangeError);
    expect(() => Rational.ONE.roundedUp(0.5)).toThrow(RangeError);
  });
  it('bounds square roots to one unit, exactly where they are exact', () => {
    fc.assert(
      fc.property(rational, fc.nat(100), (signed, bits) => {
        const a = signed.absolute();
        const [lo, hi] = a.squareRootBounds(bits);
        expect(lo.power(2).atMost(a) && a.atMost(hi.power(2))).toBe(true);
        const gap = hi.minus(lo);
        if (lo.power(2).equals(a)) expect(gap.sign()).toBe(0);
        else expect(gap.equals(Rational.of(1n, 1n << BigInt(bits)))).toBe(true);
        expect(a.power(2).squareRoot()?.equals(a)).toBe(true);
      }),
    );
    expect(Rational.from(2).squareRoot()).toBeUndefined();
    expect(() => Rational.from(-1).squareRoot()).toThrow(RangeError);
    expect(() => Rational.from(-1).squareRootBounds(3)).toThrow(RangeError);
  });
});

describe('rationals and doubles', () => {
  it('reads every finite double exactly and gives it back', () => {
    fc.assert(
      fc.property(hardDouble, (x) => {
        const r = Rational.from(x);
        expect(fraction(r)).toBe(reduced(...exactDouble(x)));
        // -0 comes back as 0: no kernel result is -0
        for (const y of [r.toNumber(), r.lowerDouble(), r.upperDouble()]) expect(y).toBe(x + 0);
      }),
      { numRuns: 1000 },
    );
  });
  it('rounds to nearest, ties to even, and outward to the neighbours', () => {
    // p/q anywhere in the range of doubles, below it and above it
    const anywhere = fc
      .tuple(big, positive, fc.integer({ min: -1200, max: 1100 }))
      .map(([p, q, e]) => (e < 0 ? Rational.of(p, q << BigInt(-e)) : Rational.of(p << BigInt(e), q)));
    fc.assert(fc.property(fc.oneof(rational, anywhere), checkRounding), { numRuns: 1000 });
  });
  it('rounds ties and what lies beside them', () => {
    const beside = fc
      .tuple(hardDouble, fc.constantFrom(-1n, 0n, 1n), fc.integer({ min: 1100, max: 1400 }))
      .map(([x, side, k]) => {
        const up = nextUp(x);
        // half-way to the next double (to 2^1024 for the last one), plus or minus a hair
        const above = Number.isFinite(up) ? Rational.from(up) : Rational.of(1n << 1024n);
        const middle = Rational.from(x).plus(above).times(Rational.of(1n, 2n));
        return middle.plus(Rational.of(side, 1n << BigInt(k)));
      });
    fc.assert(fc.property(beside, checkRounding), { numRuns: 1000 });
  });
  it('overflows and underflows as IEEE 754 does', () => {
    const top = Rational.from(Number.MAX_VALUE);
    const half = Rational.of(1n << 970n);
    expect(top.plus(half).toNumber()).toBe(Number.POSITIVE_INFINITY);
    expect(top.plus(half).minus(Rational.ONE).toNumber()).toBe(Number.MAX_VALUE);
    expect(top.plus(Rational.ONE).lowerDouble()).toBe(Number.MAX_VALUE);
    expect(top.plus(Rational.ONE).upperDouble()).toBe(Number.POSITIVE_INFINITY);
    expect(top.plus(Rational.ONE).negated().lowerDouble()).toBe(Number.NEGATIVE_INFINITY);
    expect(top.times(top).toNumber()).toBe(Number.POSITIVE_INFINITY);
    const tiny = Rational.of(-1n, 1n << 2000n);
    expect([tiny.toNumber(), tiny.upperDouble(), tiny.lowerDouble()]).toEqual([0, 0, -Number.MIN_VALUE]);
    expect(Rational.ZERO.upperDouble()).toBe(0);
  });
  it('steps to the neighbouring doubles', () => {
    fc.assert(
      fc.property(hardDouble, (x) => {
        const up = nextUp(x);
        expect(up > x).toBe(true);
        expect(nextDown(up)).toBe(x + 0);
        // nothing lies between: the midpoint rounds to one of the two
        if (Number.isFinite(up)) expect([x + 0, up]).toContain(x / 2 + up / 2 + 0);
      }),
    );
    expect(nextUp(Number.MAX_VALUE)).toBe(Number.POSITIVE_INFINITY);
    expect(nextUp(Number.NEGATIVE_INFINITY)).toBe(-Number.MAX_VALUE);
    expect(nextUp(-Number.MIN_VALUE)).toBe(0);
    expect(nextUp(Number.NaN)).toBeNaN();
  });
});

/** The definition, by comparisons of exact fractions with the candidates. */
function checkRounding(a: Rational): void {
  const [lo, hi, near] = [a.lowerDouble(), a.upperDouble(), a.toNumber()];
  for (const x of [lo, hi, near]) expect(Object.is(x, -0)).toBe(false);
  const limit = Rational.of(1n << 1024n);
  const value = (x: number): Rational =>
    Number.isFinite(x) ? Rational.of(...exactDouble(x)) : x > 0 ? limit : limit.negated();
  const outside = a.absolute().compare(Rational.from(Number.MAX_VALUE)) > 0;
  if (!outside) expect(value(lo).atMost(a) && a.atMost(value(hi))).toBe(true);
  expect([lo, nextUp(lo)]).toContain(hi);
  if (lo === hi) expect(value(lo).equals(a) && near === lo).toBe(true);
  else {
    const [below, above] = [a.minus(value(lo)), value(hi).minus(a)];
    const order = below.compare(above);
    const even = [lo, hi].find((x) => isEven(x));
    expect(near).toBe(order < 0 ? lo : order > 0 ? hi : even);
  }
}

/** The last bit of the mantissa is 0; so it is for the infinities, the "2^1024". */
function isEven(x: number): boolean {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return (view.getUint32(4) & 1) === 0;
}

describe('fraction strings', () => {
  it('are read back', () => {
    fc.assert(fc.property(rational, (a) => Rational.from(a.toString()).equals(a)));
    fc.assert(fc.property(big, positive, (p, q) => fraction(Rational.from(`${p}/${q}`)) === reduced(p, q)));
    expect(JSON.stringify({ x: Rational.of(6, -4) })).toBe('{"x":"-3/2"}');
  });
  it.each(['', ' 1', '1 ', '+1', '1/0', '1/-2', '1.5', '1e3', 'x', '1/2/3', '/2', '1/', '--1', '1\n', '٣'])(
    'refuses %j',
    (text) => {
      expect(() => Rational.from(text)).toThrow(RangeError);
    },
  );
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %d', (x: Numeric) => {
    expect(() => Rational.from(x)).toThrow('a finite number');
  });
  it('refuses a zero denominator and fractional parts', () => {
    expect(() => Rational.of(1, 0)).toThrow('denominator != 0');
    expect(() => Rational.of(0.5)).toThrow('an integer, got 0.5');
  });
});
