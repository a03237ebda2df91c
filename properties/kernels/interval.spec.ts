import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as I from '../../src/kernels/exact/interval.ts';
import { nextUp, Rational } from '../../src/kernels/exact/rational.ts';
import { hardDouble, hardPair } from './hard-doubles.ts';

const RUNS = { numRuns: 2000 };
const { from, min, max } = Rational;
const { NEGATIVE_INFINITY, POSITIVE_INFINITY, MAX_VALUE, MIN_VALUE } = Number;

/** [lo, hi] is the tightest double interval around [least, most], and holds no -0. */
function expectTightest({ lo, hi }: I.Interval, least: Rational, most: Rational = least): void {
  expect([lo, hi]).toEqual([least.lowerDouble(), most.upperDouble()]);
}

const ends = hardPair.map(([x, y]) => I.interval(Math.min(x, y), Math.max(x, y)));
const point = (x: number): I.Interval => ({ lo: x, hi: x });

/** The least and the greatest of f over the corners: the exact range of an operation monotone in each argument. */
function corners(
  a: I.Interval,
  b: I.Interval,
  f: (x: Rational, y: Rational) => Rational,
): readonly [Rational, Rational] {
  const values = [a.lo, a.hi].flatMap((x) => [b.lo, b.hi].map((y) => f(from(x), from(y))));
  const [first = Rational.ZERO, ...rest] = values;
  return [min(first, ...rest), max(first, ...rest)];
}

describe('intervals of points are the tightest double intervals around the exact result', () => {
  it('sum and difference', () => {
    fc.assert(
      fc.property(hardPair, ([x, y]) => {
        expectTightest(I.add(point(x), point(y)), from(x).plus(from(y)));
        expectTightest(I.subtract(point(x), point(y)), from(x).minus(from(y)));
      }),
      RUNS,
    );
  });
  it('product and square', () => {
    fc.assert(
      fc.property(hardPair, ([x, y]) => {
        expectTightest(I.multiply(point(x), point(y)), from(x).times(from(y)));
        expectTightest(I.square(point(x)), from(x).power(2));
      }),
      RUNS,
    );
  });
  it('quotient', () => {
    fc.assert(
      fc.property(hardPair, ([x, y]) => {
        fc.pre(y !== 0);
        expectTightest(I.divide(point(x), point(y)), from(x).dividedBy(from(y)));
      }),
      RUNS,
    );
  });
  it('quotient of a product: exact division', () => {
    fc.assert(
      fc.property(hardDouble, fc.integer({ min: 1, max: 2 ** 20 }), (x, k) => {
        const product = x * k;
        fc.pre(Number.isFinite(product) && from(product).equals(from(x).times(from(k))));
        expect(I.divide(point(product), point(k))).toEqual(point(x + 0));
      }),
      RUNS,
    );
  });
  it('square root', () => {
    fc.assert(
      fc.property(hardDouble, (signed) => {
        const x = Math.abs(signed);
        const { lo, hi } = I.squareRoot(point(x));
        expect([lo, hi].some((y) => Object.is(y, -0))).toBe(false);
        // a point where the root is a double, else two neighbours with the root strictly between
        if (lo === hi) expect(from(lo).power(2).equals(from(x))).toBe(true);
        else {
          expect(from(lo).power(2).lessThan(from(x)) && from(x).lessThan(from(hi).power(2))).toBe(true);
          expect(nextUp(lo)).toBe(hi);
        }
      }),
      RUNS,
    );
  });
  it('square root of a square', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 26 }), fc.integer({ min: -537, max: 485 }), (m, e) => {
        const x = m * 2 ** e;
        fc.pre(x * x > 0 && from(x * x).equals(from(x).power(2)));
        expect(I.squareRoot(point(x * x))).toEqual(point(x));
      }),
    );
  });
});

describe('intervals', () => {
  it('are the exact ranges, rounded outward', () => {
    fc.assert(
      fc.property(ends, ends, (a, b) => {
        expectTightest(I.add(a, b), ...corners(a, b, (x, y) => x.plus(y)));
        expectTightest(I.subtract(a, b), ...corners(a, b, (x, y) => x.minus(y)));
        expectTightest(I.multiply(a, b), ...corners(a, b, (x, y) => x.times(y)));
        if (b.lo > 0 || b.hi < 0) expectTightest(I.divide(a, b), ...corners(a, b, (x, y) => x.dividedBy(y)));
        else expect(() => I.divide(a, b)).toThrow('a divisor without 0');
        expectTightest(I.negate(a), from(-a.hi), from(-a.lo));
        const least = a.lo <= 0 && a.hi >= 0 ? Rational.ZERO : from(Math.min(Math.abs(a.lo), Math.abs(a.hi)));
        const most = from(Math.max(Math.abs(a.lo), Math.abs(a.hi)));
        expectTightest(I.absolute(a), least, most);
        expectTightest(I.square(a), least.power(2), most.power(2));
        expect(I.width(a)).toBe(from(a.hi).minus(from(a.lo)).upperDouble());
      }),
      RUNS,
    );
  });
  it('order, join and hold points', () => {
    fc.assert(
      fc.property(ends, ends, (a, b) => {
        expect(I.minimum(a, b)).toEqual({ lo: Math.min(a.lo, b.lo), hi: Math.min(a.hi, b.hi) });
        expect(I.maximum(a, b)).toEqual({ lo: Math.max(a.lo, b.lo), hi: Math.max(a.hi, b.hi) });
        const joined = I.hull(a, b);
        expect([a.lo, a.hi, b.lo, b.hi].every((x) => I.contains(joined, x))).toBe(true);
        expect([joined.lo, joined.hi].every((x) => [a.lo, a.hi, b.lo, b.hi].includes(x))).toBe(true);
        expect(I.contains(a, b.lo)).toBe(a.lo <= b.lo && b.lo <= a.hi);
      }),
    );
  });
  it('sum a list', () => {
    fc.assert(
      fc.property(fc.array(hardDouble), (xs) => {
        const exact = Rational.sum(xs.map((x) => from(x)));
        const { lo, hi } = I.sum(xs.map(point));
        expect(lo <= exact.lowerDouble() && exact.upperDouble() <= hi).toBe(true);
      }),
    );
    expect(I.sum([])).toEqual({ lo: 0, hi: 0 });
    expect(I.sum([0.5, 0.25, 3].map(point))).toEqual(point(3.75));
  });
  it('surround a value, widened or not', () => {
    expect(I.around('1/3')).toEqual({ lo: Rational.of(1, 3).lowerDouble(), hi: Rational.of(1, 3).upperDouble() });
    expect(I.around(Rational.of(3, 4))).toEqual(point(0.75));
    expect(I.around(0.75, 0.25)).toEqual({ lo: 0.5, hi: 1 });
    expect(I.around(POSITIVE_INFINITY)).toEqual(point(POSITIVE_INFINITY));
    expect(I.around(1, POSITIVE_INFINITY)).toEqual({ lo: NEGATIVE_INFINITY, hi: POSITIVE_INFINITY });
    expect(() => I.around(1, -1)).toThrow(RangeError);
    expect(() => I.around(1, Number.NaN)).toThrow(RangeError);
    expect(() => I.around(Number.NaN)).toThrow(RangeError);
  });
  it('refuse reversed ends, NaN, and domains without a point', () => {
    expect(() => I.interval(1, 0)).toThrow('lo <= hi, got [1, 0]');
    expect(() => I.interval(Number.NaN)).toThrow(RangeError);
    expect(() => I.interval(0, Number.NaN)).toThrow(RangeError);
    expect(() => I.squareRoot(point(-1))).toThrow(RangeError);
    expect(I.squareRoot({ lo: -1, hi: 4 })).toEqual({ lo: 0, hi: 2 });
    expect(() => I.divide(point(1), { lo: -0, hi: 1 })).toThrow(RangeError);
    expect(() => I.divide(point(1), { lo: -1, hi: 0 })).toThrow(RangeError);
  });
});

describe('-0 and infinities', () => {
  const wide = fc
    .tuple(
      fc.oneof(hardDouble, fc.constantFrom(NEGATIVE_INFINITY, POSITIVE_INFINITY)),
      fc.oneof(hardDouble, fc.constantFrom(NEGATIVE_INFINITY, POSITIVE_INFINITY)),
    )
    .map(([x, y]) => I.interval(Math.min(x, y), Math.max(x, y)));

  it('interval() and negate() drop the sign of zero', () => {
    expect([I.interval(-0), I.negate(I.interval(0)), I.negate({ lo: -1, hi: 0 })]).toEqual([
      point(0),
      point(0),
      { lo: 0, hi: 1 },
    ]);
  });
  it('no operation returns NaN, -0 or reversed ends', () => {
    fc.assert(
      fc.property(wide, wide, (a, b) => {
        const results = [I.add(a, b), I.subtract(a, b), I.multiply(a, b), I.negate(a), I.absolute(a), I.square(a)];
        if (b.lo > 0 || b.hi < 0) results.push(I.divide(a, b));
        if (a.hi >= 0) results.push(I.squareRoot(a));
        results.push(I.minimum(a, b), I.maximum(a, b), I.hull(a, b), point(I.width(a)));
        for (const { lo, hi } of results) {
          expect(lo <= hi).toBe(true);
          expect([lo, hi].some((x) => Object.is(x, -0))).toBe(false);
        }
      }),
      RUNS,
    );
  });
  it('intervals with an infinite end hold what their real numbers give', () => {
    const sample = ({ lo, hi }: I.Interval, at: number): number => Math.min(Math.max(at, lo), hi);
    fc.assert(
      fc.property(wide, wide, hardDouble, hardDouble, (a, b, s, t) => {
        const [x, y] = [sample(a, s), sample(b, t)];
        fc.pre(Number.isFinite(x) && Number.isFinite(y));
        const holds = ({ lo, hi }: I.Interval, r: Rational): boolean => lo <= r.lowerDouble() && r.upperDouble() <= hi;
        expect(holds(I.add(a, b), from(x).plus(from(y)))).toBe(true);
        expect(holds(I.multiply(a, b), from(x).times(from(y)))).toBe(true);
        if (b.lo > 0 || b.hi < 0) expect(holds(I.divide(a, b), from(x).dividedBy(from(y)))).toBe(true);
      }),
      RUNS,
    );
  });
  it('unbounded intervals', () => {
    const positive = { lo: 0, hi: POSITIVE_INFINITY };
    const reals = { lo: NEGATIVE_INFINITY, hi: POSITIVE_INFINITY };
    expect(I.multiply(positive, point(0))).toEqual(point(0));
    expect(I.multiply(positive, point(-2))).toEqual({ lo: NEGATIVE_INFINITY, hi: 0 });
    expect(I.add(positive, I.negate(positive))).toEqual(reals);
    expect(I.divide({ lo: 1, hi: 2 }, { lo: 4, hi: POSITIVE_INFINITY })).toEqual({ lo: 0, hi: 0.5 });
    expect(I.divide({ lo: 1, hi: POSITIVE_INFINITY }, { lo: 1, hi: POSITIVE_INFINITY })).toEqual(positive);
    expect(I.squareRoot(positive)).toEqual(positive);
    expect(I.width(reals)).toBe(POSITIVE_INFINITY);
    expect(I.add(point(MAX_VALUE), point(MAX_VALUE))).toEqual({ lo: MAX_VALUE, hi: POSITIVE_INFINITY });
    expect(I.multiply(point(MIN_VALUE), point(-MIN_VALUE))).toEqual({ lo: -MIN_VALUE, hi: 0 });
  });
});
