import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log, power } from '../../src/kernels/exact/elementary.ts';
import { expBounds } from '../../src/kernels/exact/exp-bounds.ts';
import type { Interval } from '../../src/kernels/exact/interval.ts';
import { logBounds } from '../../src/kernels/exact/log-bounds.ts';
import { nextUp, Rational } from '../../src/kernels/exact/rational.ts';
import { reference60 } from '../../src/kernels/exact/reference60.ts';

const { from } = Rational;
const { MAX_VALUE, MIN_VALUE, NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;
const point = (x: number): Interval => ({ lo: x, hi: x });
const ulpsBelow = (x: number, count: number): number => x - count * Number.EPSILON * x;

/** The rational that a decimal such as -1.25e-7 writes. */
function decimal(text: string): Rational {
  const [mantissa = '', exponent = '0'] = text.split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return from(whole + fraction).times(from(10).power(Number(exponent) - fraction.length));
}

/** The reference, half a unit of its last digit to each side. */
function surrounded(expression: string, scope: Readonly<Record<string, number | Rational>>) {
  const value = decimal(reference60(expression, scope));
  const slack = value.absolute().times(from(10).power(-59));
  return { lo: value.minus(slack), hi: value.plus(slack) };
}

/** The tightest double interval around the decimal reference, which never lies so near to a double that it errs. */
function expectTight(
  { lo, hi }: Interval,
  expression: string,
  scope: Readonly<Record<string, number | Rational>>,
): void {
  const { lo: below, hi: above } = surrounded(expression, scope);
  expect([lo, hi]).toEqual([below.lowerDouble(), above.upperDouble()]);
  if (lo > 0 && hi < POSITIVE_INFINITY) expect(hi).toBe(nextUp(lo));
}

const magnitude = fc
  .tuple(fc.double({ min: 0.5, max: 1, noNaN: true }), fc.integer({ min: -60, max: 9 }), fc.constantFrom(1, -1))
  .map(([m, e, sign]) => sign * m * 2 ** e);
const positive = fc
  .tuple(fc.double({ min: 0.5, max: 1, noNaN: true }), fc.integer({ min: -1070, max: 1023 }))
  .map(([m, e]) => m * 2 ** e);
const nearOne = fc.integer({ min: -40, max: 40 }).map((k) => ulpsBelow(1, k));
const RUNS = { numRuns: 60 };

describe('exp', () => {
  it('is the tightest interval of doubles', () => {
    fc.assert(
      fc.property(
        magnitude.filter((x) => x !== 0),
        (x) => expectTight(exp(point(x)), 'exp(x)', { x }),
      ),
      RUNS,
    );
  });
  it('stays tight where the value lies within 2^-140 of a double', () => {
    // exp(-h - h^2/2) = 1 - h + h^3/3 + ...: the square cancels
    for (const k of [40, 48, 50]) {
      const h = 2 ** -k;
      const x = -(h + (h * h) / 2);
      expectTight(exp(point(x)), 'exp(x)', { x });
      const back = log(point(1 - h));
      const { lo, hi } = surrounded('log(x)', { x: 1 - h });
      expect([back.lo, back.hi]).toEqual([lo.lowerDouble(), hi.upperDouble()]);
    }
  });
  it('is exact at 0, and right at the ends of the range', () => {
    expect(exp(point(0))).toEqual(point(1));
    expect(exp(point(-0))).toEqual(point(1));
    expect(exp(point(MIN_VALUE))).toEqual({ lo: 1, hi: nextUp(1) });
    expect(exp(point(-MIN_VALUE))).toEqual({ lo: -nextUp(-1), hi: 1 });
    for (const x of [709.78, 709.782712893384, -708.4, -745, -745.13]) {
      expectTight(exp(point(x)), 'exp(x)', { x });
    }
    expect(exp(point(709.7827128933841))).toEqual({ lo: MAX_VALUE, hi: POSITIVE_INFINITY });
    expect(exp(point(1e300))).toEqual({ lo: MAX_VALUE, hi: POSITIVE_INFINITY });
    expect(exp(point(-1e300))).toEqual({ lo: 0, hi: MIN_VALUE });
    expect(exp({ lo: NEGATIVE_INFINITY, hi: POSITIVE_INFINITY })).toEqual({ lo: 0, hi: POSITIVE_INFINITY });
  });
  it('grows with its argument', () => {
    const { lo, hi } = exp({ lo: -1, hi: 2 });
    expect([lo, hi]).toEqual([exp(point(-1)).lo, exp(point(2)).hi]);
  });
});

describe('log', () => {
  it('is the tightest interval of doubles', () => {
    fc.assert(
      fc.property(
        fc.oneof(positive, nearOne, fc.constantFrom(MAX_VALUE, MIN_VALUE, 2, 0.5, 10)).filter((x) => x !== 1),
        (x) => {
          const { lo, hi } = log(point(x));
          const { lo: below, hi: above } = surrounded('log(x)', { x });
          expect([lo, hi]).toEqual([below.lowerDouble(), above.upperDouble()]);
          expect(hi).toBe(nextUp(lo));
        },
      ),
      RUNS,
    );
  });
  it('is exact at 1, unbounded at 0, and refuses what lies below', () => {
    expect(log(point(1))).toEqual(point(0));
    expect(log({ lo: 0, hi: 1 })).toEqual({ lo: NEGATIVE_INFINITY, hi: 0 });
    expect(log({ lo: -3, hi: 1 })).toEqual({ lo: NEGATIVE_INFINITY, hi: 0 });
    expect(log({ lo: 1, hi: POSITIVE_INFINITY })).toEqual({ lo: 0, hi: POSITIVE_INFINITY });
    expect(log(point(POSITIVE_INFINITY))).toEqual(point(POSITIVE_INFINITY));
    expect(() => log(point(0))).toThrow('a value > 0');
    expect(() => log({ lo: -2, hi: -1 })).toThrow(RangeError);
  });
});

describe('power', () => {
  const exponent = fc
    .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 12 }))
    .map(([p, q]) => Rational.of(p, q));
  it('is the tightest interval of doubles, a point where the power is one', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -20, max: 2 ** 20, noNaN: true }), exponent, (x, e) => {
        const { lo, hi } = power(point(x), e);
        const { lo: below, hi: above } = surrounded('x^e', { x, e });
        // where the power is a double, the slack of the reference reaches its neighbours
        if (lo === hi) expect(below.lowerDouble() <= lo && lo <= above.upperDouble()).toBe(true);
        else expect([lo, hi]).toEqual([below.lowerDouble(), above.upperDouble()]);
      }),
      RUNS,
    );
  });
  it('inverts exact powers exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 8 }), fc.nat(3), (m, q, shift) => {
        const root = m / 2 ** shift;
        const raised = from(root).power(q);
        fc.pre(from(raised.toNumber()).equals(raised));
        expect(power(point(raised.toNumber()), Rational.of(1, q))).toEqual(point(root));
        expect(power(point(root), Rational.of(q))).toEqual(point(raised.toNumber()));
        expect(power(point(4 ** shift), Rational.of(-1, 2))).toEqual(point(2 ** -shift));
      }),
    );
    expect(power(point(8), Rational.of(2, 3))).toEqual(point(4));
    expect(power(point(2 ** 1000), Rational.of(1, 1000))).toEqual(point(2));
    expect(power(point(2), Rational.of(-1074))).toEqual(point(MIN_VALUE));
  });
  it('takes exponents of any size', () => {
    expectTight(power(point(0.5), from(0.9)), 'x^e', { x: 0.5, e: from(0.9) });
    expectTight(power(point(nextUp(1)), from(1e17)), 'x^e', { x: nextUp(1), e: from(1e17) });
    expect(power(point(2), from(1e300))).toEqual({ lo: MAX_VALUE, hi: POSITIVE_INFINITY });
    expect(power(point(2), from(-1e300))).toEqual({ lo: 0, hi: MIN_VALUE });
    expect(power(point(1), from(1e300))).toEqual(point(1));
  });
  it('follows the order of its base, and knows 0 and infinity', () => {
    const half = Rational.of(1, 2);
    expect(power({ lo: 4, hi: 9 }, half)).toEqual({ lo: 2, hi: 3 });
    expect(power({ lo: 4, hi: 16 }, half.negated())).toEqual({ lo: 0.25, hi: 0.5 });
    expect(power({ lo: 0, hi: 4 }, half)).toEqual({ lo: 0, hi: 2 });
    expect(power({ lo: 0, hi: 4 }, half.negated())).toEqual({ lo: 0.5, hi: POSITIVE_INFINITY });
    expect(power({ lo: 4, hi: POSITIVE_INFINITY }, half.negated())).toEqual({ lo: 0, hi: 0.5 });
    expect(power({ lo: 0, hi: POSITIVE_INFINITY }, Rational.ZERO)).toEqual(point(1));
    expect(() => power({ lo: -1, hi: 1 }, half)).toThrow('power: values >= 0');
    expect(() => power(point(0), half.negated())).toThrow(RangeError);
  });
});

describe('rational bounds', () => {
  const rational = fc
    .tuple(fc.integer({ min: -(10 ** 6), max: 10 ** 6 }), fc.integer({ min: 1, max: 10 ** 6 }))
    .map(([p, q]) => Rational.of(p, q));
  const bits = fc.integer({ min: 1, max: 600 });
  const twoToMinus = (b: number): Rational => Rational.of(1n, 1n << BigInt(b));
  it('of exp: hold, as narrow as promised', () => {
    const small = rational.map((x) => Rational.max(from(-300), Rational.min(from(300), x)));
    fc.assert(
      fc.property(small, bits, (x, b) => {
        const { lo, hi } = expBounds(x, b);
        expect(hi.minus(lo).lessThan(lo.times(twoToMinus(b)))).toBe(true);
        const reference = surrounded('exp(x)', { x });
        expect(lo.atMost(reference.hi) && reference.lo.atMost(hi)).toBe(true);
      }),
      RUNS,
    );
  });
  it('of exp: exp(x) exp(-x) = 1 and exp(2x) = exp(x)^2 lie within them, at any precision', () => {
    fc.assert(
      fc.property(rational, bits, (y, b) => {
        const x = y.dividedBy(from(1000));
        const [plus, minus, twice] = [expBounds(x, b), expBounds(x.negated(), b), expBounds(x.plus(x), b)];
        expect(plus.lo.times(minus.lo).atMost(Rational.ONE) && Rational.ONE.atMost(plus.hi.times(minus.hi))).toBe(true);
        expect(plus.lo.power(2).atMost(twice.hi) && twice.lo.atMost(plus.hi.power(2))).toBe(true);
      }),
    );
  });
  it('of log: hold, as narrow as promised, however near to 1', () => {
    const close = fc.tuple(rational, fc.nat(400)).map(([x, k]) => Rational.ONE.plus(x.absolute().times(twoToMinus(k))));
    fc.assert(
      fc.property(fc.oneof(rational, close), bits, (y, b) => {
        const x = y.absolute();
        fc.pre(x.sign() !== 0 && !x.equals(Rational.ONE));
        const { lo, hi } = logBounds(x, b);
        expect(hi.minus(lo).lessThan(lo.absolute().times(twoToMinus(b)))).toBe(true);
        // exp undoes it
        const [below, above] = [expBounds(lo, b), expBounds(hi, b)];
        expect(below.lo.atMost(x) && x.atMost(above.hi)).toBe(true);
        const reciprocal = logBounds(Rational.ONE.dividedBy(x), b);
        expect(lo.plus(reciprocal.lo).sign() <= 0 && hi.plus(reciprocal.hi).sign() >= 0).toBe(true);
      }),
    );
  });
  it('of log: hold against decimals', () => {
    fc.assert(
      fc.property(rational, bits, (y, b) => {
        const x = y.absolute();
        fc.pre(x.sign() !== 0 && !x.equals(Rational.ONE));
        const [{ lo, hi }, reference] = [logBounds(x, b), surrounded('log(x)', { x })];
        expect(lo.atMost(reference.hi) && reference.lo.atMost(hi)).toBe(true);
      }),
      RUNS,
    );
  });
  it('are points where the value is rational, and refuse other domains', () => {
    expect(`${expBounds(Rational.ZERO, 5).lo} ${expBounds(Rational.ZERO, 5).hi}`).toBe('1 1');
    expect(`${logBounds(Rational.ONE, 5).lo} ${logBounds(Rational.ONE, 5).hi}`).toBe('0 0');
    expect(() => expBounds(Rational.ONE, 0)).toThrow(RangeError);
    expect(() => logBounds(Rational.ONE, 0.5)).toThrow(RangeError);
    expect(() => logBounds(Rational.ZERO, 5)).toThrow('x > 0, got 0');
  });
});
