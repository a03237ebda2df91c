import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as P from '../../src/kernels/exact/polynomial.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { multiplyRanges, rationalInterval, toInterval } from '../../src/kernels/exact/rational-interval.ts';
import { simplestBetween } from '../../src/kernels/exact/simplest-between.ts';
import { anyPolynomial, factored, product, smallRational } from './polynomials.ts';

const texts = (p: P.Polynomial): readonly string[] => p.map(String);
const { polynomial } = P;

describe('polynomials', () => {
  it('evaluate as the sum of their terms', () => {
    fc.assert(
      fc.property(anyPolynomial, smallRational, (p, x) => {
        expect(`${P.evaluate(p, x)}`).toBe(`${Rational.sum(p.map((c, k) => c.times(x.power(k))))}`);
      }),
    );
  });
  it('add, subtract, multiply, scale and compose as functions do', () => {
    fc.assert(
      fc.property(anyPolynomial, anyPolynomial, smallRational, (p, q, x) => {
        const [px, qx] = [P.evaluate(p, x), P.evaluate(q, x)];
        expect(P.evaluate(P.addPolynomials(p, q), x).equals(px.plus(qx))).toBe(true);
        expect(P.evaluate(P.subtractPolynomials(p, q), x).equals(px.minus(qx))).toBe(true);
        expect(P.evaluate(P.multiplyPolynomials(p, q), x).equals(px.times(qx))).toBe(true);
        expect(P.evaluate(P.scalePolynomial(x, p), x).equals(px.times(x))).toBe(true);
        expect(P.evaluate(P.composePolynomials(p, q), x).equals(P.evaluate(p, qx))).toBe(true);
      }),
    );
  });
  it('never keep trailing zeros', () => {
    fc.assert(
      fc.property(anyPolynomial, anyPolynomial, (p, q) => {
        const results = [
          P.addPolynomials(p, P.scalePolynomial(Rational.from(-1), p)),
          P.subtractPolynomials(p, q),
          P.multiplyPolynomials(p, q),
          P.scalePolynomial(Rational.ZERO, p),
          P.derivative(p),
          P.composePolynomials(p, q),
          P.gcdOfPolynomials(p, q),
        ];
        for (const r of results) expect(r.at(-1)?.sign()).not.toBe(0);
        expect(results[0]).toEqual([]);
      }),
    );
    expect(P.degree(polynomial([1, 2, 0, 0]))).toBe(1);
    expect(P.degree([])).toBe(-1);
    expect(P.degree([Rational.ONE, Rational.ZERO])).toBe(0);
    expect(`${P.leadingCoefficient(polynomial([1, '2/3', 0]))}`).toBe('2/3');
  });
  it('the derivative obeys the product rule and is 0 for constants', () => {
    fc.assert(
      fc.property(anyPolynomial, anyPolynomial, (p, q) => {
        const left = P.derivative(P.multiplyPolynomials(p, q));
        const right = P.addPolynomials(
          P.multiplyPolynomials(P.derivative(p), q),
          P.multiplyPolynomials(p, P.derivative(q)),
        );
        expect(texts(left)).toEqual(texts(right));
      }),
    );
    expect(texts(P.derivative(polynomial([5, '1/2', 0, 2])))).toEqual(['1/2', '0', '6']);
    expect(P.derivative(polynomial([5]))).toEqual([]);
  });
  it('division leaves a remainder of lower degree', () => {
    fc.assert(
      fc.property(anyPolynomial, anyPolynomial, (p, d) => {
        if (P.degree(d) < 0) {
          expect(() => P.divideWithRemainder(p, d)).toThrow('a divisor != 0');
          return;
        }
        const { quotient, remainder } = P.divideWithRemainder(p, d);
        expect(P.degree(remainder)).toBeLessThan(P.degree(d));
        expect(texts(P.addPolynomials(P.multiplyPolynomials(quotient, d), remainder))).toEqual(texts(p));
      }),
    );
  });
  it('the gcd is monic, divides both, and is divided by every common factor', () => {
    fc.assert(
      fc.property(anyPolynomial, anyPolynomial, anyPolynomial, (p, q, common) => {
        fc.pre(P.degree(common) >= 0 && (P.degree(p) >= 0 || P.degree(q) >= 0));
        const [a, b] = [P.multiplyPolynomials(p, common), P.multiplyPolynomials(q, common)];
        const g = P.gcdOfPolynomials(a, b);
        expect(`${P.leadingCoefficient(g)}`).toBe('1');
        for (const multiple of [a, b]) expect(P.divideWithRemainder(multiple, g).remainder).toEqual([]);
        expect(P.divideWithRemainder(g, common).remainder).toEqual([]);
        // what is left has no common factor
        const [s, t] = [a, b].map((m) => P.divideWithRemainder(m, g).quotient);
        expect(texts(P.gcdOfPolynomials(s ?? [], t ?? []))).toEqual(['1']);
      }),
    );
    expect(P.gcdOfPolynomials([], [])).toEqual([]);
    expect(texts(P.gcdOfPolynomials(polynomial([-2, 2]), []))).toEqual(['-1', '1']);
  });
  it('the square-free part has each root once', () => {
    fc.assert(
      fc.property(factored, ({ p, roots }) => {
        const once = product(roots.map(({ at }) => polynomial([at.negated(), 1])));
        const { quotient, remainder } = P.divideWithRemainder(P.squareFreePart(p), once);
        expect(remainder).toEqual([]);
        for (const { at } of roots) expect(P.evaluate(quotient, at).sign()).not.toBe(0);
        const whole = P.squareFreePart(p);
        expect(texts(P.gcdOfPolynomials(whole, P.derivative(whole)))).toEqual(['1']);
      }),
    );
    expect(texts(P.squareFreePart(polynomial([0, 0, 7])))).toEqual(['0', '1']);
    expect(texts(P.squareFreePart(polynomial([-3])))).toEqual(['1']);
    expect(() => P.squareFreePart([])).toThrow(RangeError);
  });
  it('values on an interval lie in its enclosure', () => {
    const unit = fc.integer({ min: 0, max: 8 }).map((k) => Rational.of(k, 8));
    fc.assert(
      fc.property(anyPolynomial, smallRational, smallRational, unit, (p, a, b, t) => {
        const domain = rationalInterval(Rational.min(a, b), Rational.max(a, b));
        const value = P.evaluate(p, domain.lo.plus(domain.hi.minus(domain.lo).times(t)));
        const { lo, hi } = P.evaluateOnInterval(p, domain);
        expect(lo.atMost(value) && value.atMost(hi)).toBe(true);
        if (a.equals(b)) expect(lo.equals(hi)).toBe(true);
      }),
    );
  });
});

describe('rational intervals', () => {
  it('hold no fraction simpler than the simplest', () => {
    const between = fc.tuple(smallRational, fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 99 })));
    fc.assert(
      fc.property(between, ([lo, [p, q]]) => {
        const hi = lo.plus(Rational.of(p, q));
        const found = simplestBetween({ lo, hi });
        expect(lo.atMost(found) && found.atMost(hi)).toBe(true);
        for (let d = 1n; d < found.denominator; d += 1n) {
          // the least multiple of 1/d from lo on lies beyond hi
          const least = Rational.of(lo.times(Rational.of(d)).ceiling(), d);
          expect(hi.lessThan(least)).toBe(true);
        }
      }),
    );
  });
  it('multiply to the range of the products', () => {
    const corners = fc.tuple(smallRational, smallRational, smallRational, smallRational);
    fc.assert(
      fc.property(corners, ([a, b, c, d]) => {
        const x = rationalInterval(Rational.min(a, b), Rational.max(a, b));
        const y = rationalInterval(Rational.min(c, d), Rational.max(c, d));
        const { lo, hi } = multiplyRanges(x, y);
        const values = [a.times(c), a.times(d), b.times(c), b.times(d)];
        expect(values.every((v) => lo.atMost(v) && v.atMost(hi))).toBe(true);
        expect(values.some((v) => v.equals(lo)) && values.some((v) => v.equals(hi))).toBe(true);
      }),
    );
  });
  it('are ordered, and read as the tightest double interval', () => {
    expect(() => rationalInterval(1, '1/2')).toThrow('lo <= hi');
    expect(toInterval(rationalInterval('1/2', 3))).toEqual({ lo: 0.5, hi: 3 });
    const { lo, hi } = toInterval(rationalInterval('1/3'));
    expect(lo < hi).toBe(true);
  });
});
