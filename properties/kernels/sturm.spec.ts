import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { End } from '../../src/kernels/exact/extended-rational.ts';
import { isolateRoots } from '../../src/kernels/exact/isolate-roots.ts';
import { evaluate, multiplyPolynomials, polynomial } from '../../src/kernels/exact/polynomial.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { signOnInterval } from '../../src/kernels/exact/sign-on-interval.ts';
import { countRoots, countRootsOf, sturmChain } from '../../src/kernels/exact/sturm.ts';
import { chebyshev, type Factored, factored, product, smallRational } from './polynomials.ts';

const { NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;
const end = fc.oneof(smallRational, fc.constantFrom(NEGATIVE_INFINITY, POSITIVE_INFINITY));

const below = (a: End, b: End): boolean =>
  a === b
    ? false
    : a === NEGATIVE_INFINITY || b === POSITIVE_INFINITY
      ? true
      : a instanceof Rational && b instanceof Rational && a.lessThan(b);
const ordered = fc
  .tuple(end, end)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => (below(b, a) ? ([b, a] as const) : ([a, b] as const)));

const inside = (r: Rational, lo: End, hi: End): boolean => below(lo, r) && below(r, hi);
const isEnd = (r: Rational, x: End): boolean => x instanceof Rational && x.equals(r);

describe('countRoots', () => {
  it('counts the known distinct roots in (lo, hi], roots at the ends and infinite ends included', () => {
    fc.assert(
      fc.property(factored, ordered, ({ p, roots }, [lo, hi]) => {
        const expected = roots.filter(({ at }) => inside(at, lo, hi) || (isEnd(at, hi) && below(lo, hi))).length;
        expect(countRoots(p, lo, hi)).toBe(expected);
        expect(countRootsOf(sturmChain(p), lo, hi)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
  it('finds irrational roots', () => {
    for (let n = 1; n <= 12; n += 1) {
      expect(countRoots(chebyshev(n), NEGATIVE_INFINITY, POSITIVE_INFINITY)).toBe(n);
      expect(countRoots(chebyshev(n), -1, 1)).toBe(n);
      expect(countRoots(chebyshev(n), 0, 1)).toBe(Math.floor(n / 2));
    }
    expect(countRoots(polynomial([-2, 0, 1]), '7/5', '3/2')).toBe(1);
    expect(countRoots(polynomial([-2, 0, 1]), '3/2', 2)).toBe(0);
    expect(countRoots(polynomial([1, 0, 1]), NEGATIVE_INFINITY, POSITIVE_INFINITY)).toBe(0);
  });
  it('counts the roots of Wilkinson’s polynomial, and of its famous perturbation', () => {
    const wilkinson = product(Array.from({ length: 20 }, (_, k) => polynomial([-(k + 1), 1])));
    expect(countRoots(wilkinson, 0, POSITIVE_INFINITY)).toBe(20);
    expect(countRoots(wilkinson, 3, '15/2')).toBe(4);
    const perturbed = wilkinson.map((c, k) => (k === 19 ? c.minus(Rational.of(1, 2 ** 23)) : c));
    expect(countRoots(perturbed, NEGATIVE_INFINITY, POSITIVE_INFINITY)).toBe(10);
  });
  it('has no roots for constants, and refuses 0, NaN and reversed ends', () => {
    expect(countRoots(polynomial([-3]), NEGATIVE_INFINITY, POSITIVE_INFINITY)).toBe(0);
    expect(countRoots(polynomial([0, 1]), 0, 0)).toBe(0);
    expect(() => countRoots([], 0, 1)).toThrow('a polynomial != 0');
    expect(() => countRoots(polynomial([0, 1]), 1, 0)).toThrow('lo <= hi, got [1, 0]');
    expect(() => countRoots(polynomial([0, 1]), Number.NaN, 0)).toThrow(RangeError);
    expect(() => countRoots(polynomial([0, 1]), POSITIVE_INFINITY, POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

/** The sign from the factors: what the algorithm does not see. */
function signFromFactors({ roots, sign }: Factored, lo: End, hi: End): string {
  if (lo instanceof Rational && hi instanceof Rational && lo.equals(hi)) {
    if (roots.some(({ at }) => at.equals(lo))) return 'zero';
    return sign * (-1) ** oddRootsFrom(roots, lo) > 0 ? 'positive' : 'negative';
  }
  if (roots.some(({ at, multiplicity }) => multiplicity % 2 === 1 && inside(at, lo, hi))) return 'changes';
  // inside, p has the sign of the scale times -1 for each odd root at hi or right of it
  const positive = sign * (-1) ** oddRootsFrom(roots, hi) > 0;
  const zero = roots.some(({ at }) => inside(at, lo, hi) || isEnd(at, lo) || isEnd(at, hi));
  return zero ? (positive ? 'nonnegative' : 'nonpositive') : positive ? 'positive' : 'negative';
}

const oddRootsFrom = (roots: Factored['roots'], x: End): number =>
  roots.filter(({ at, multiplicity }) => multiplicity % 2 === 1 && (below(x, at) || isEnd(at, x))).length;

describe('signOnInterval', () => {
  it('agrees with the sign that the factors tell', () => {
    fc.assert(
      fc.property(factored, ordered, (f, [lo, hi]) => {
        expect(signOnInterval(f.p, lo, hi)).toBe(signFromFactors(f, lo, hi));
      }),
      { numRuns: 500 },
    );
  });
  it('agrees at points and between neighbouring roots', () => {
    fc.assert(
      fc.property(factored, smallRational, (f, x) => {
        expect(signOnInterval(f.p, x, x)).toBe(signFromFactors(f, x, x));
        for (const [k, { at }] of f.roots.entries()) {
          const next = f.roots[k + 1]?.at ?? POSITIVE_INFINITY;
          expect(signOnInterval(f.p, at, next)).toBe(signFromFactors(f, at, next));
        }
      }),
    );
  });
  it('decides double roots, ends and hair-breadths', () => {
    const square = polynomial([4, -4, 1]);
    expect(signOnInterval(square, 0, 5)).toBe('nonnegative');
    expect(signOnInterval(square, 0, 2)).toBe('nonnegative');
    expect(signOnInterval(polynomial([-2, 0, 1]), '1414213562373095049/1000000000000000000', 2)).toBe('positive');
    expect(signOnInterval(polynomial([-2, 0, 1]), '1414213562373095048/1000000000000000000', 2)).toBe('changes');
    const lifted = square.map((c, k) => (k === 0 ? c.plus(Rational.of(1n, 10n ** 60n)) : c));
    expect(signOnInterval(lifted, NEGATIVE_INFINITY, POSITIVE_INFINITY)).toBe('positive');
    expect(signOnInterval([], 0, 1)).toBe('zero');
    expect(signOnInterval(polynomial([0, 1]), 0, 0)).toBe('zero');
    expect(signOnInterval(polynomial([0, -1]), 0, POSITIVE_INFINITY)).toBe('nonpositive');
    expect(() => signOnInterval(polynomial([1]), 1, 0)).toThrow(RangeError);
  });
});

describe('isolateRoots', () => {
  const width = fc.nat(40).map((k) => Rational.of(1n, 1n << BigInt(k)));
  it('finds each known root in (lo, hi] once, in disjoint narrow intervals inside [lo, hi]', () => {
    fc.assert(
      fc.property(factored, ordered, width, ({ p, roots }, [lo, hi], w) => {
        const intervals = isolateRoots(p, lo, hi, w);
        const wanted = roots.map(({ at }) => at).filter((at) => below(lo, at) && (below(at, hi) || isEnd(at, hi)));
        expect(intervals).toHaveLength(wanted.length);
        for (const [k, found] of intervals.entries()) {
          const held = roots.filter(({ at }) => found.lo.atMost(at) && at.atMost(found.hi)).map(({ at }) => `${at}`);
          expect(held).toEqual([`${wanted[k]}`]);
          expect(found.hi.minus(found.lo).atMost(w)).toBe(true);
          expect(below(found.lo, lo) || below(hi, found.hi)).toBe(false);
          const next = intervals[k + 1];
          if (next !== undefined) expect(found.hi.lessThan(next.lo)).toBe(true);
          if (!found.lo.equals(found.hi)) expect(evaluate(p, found.lo).times(evaluate(p, found.hi)).sign()).not.toBe(0);
        }
      }),
      { numRuns: 400 },
    );
  });
  it('isolates roots that lie close together, and irrational ones to many digits', () => {
    // (x^2 - 2) ((1 + 2^-30) x^2 - 2): two pairs, 2^-31 apart
    const close = multiplyPolynomials(polynomial([-2, 0, 1]), polynomial([-2, 0, Rational.of(2 ** 30 + 1, 2 ** 30)]));
    expect(isolateRoots(close, NEGATIVE_INFINITY, POSITIVE_INFINITY, Rational.from(1))).toHaveLength(4);
    const [root] = isolateRoots(polynomial([-2, 0, 1]), 0, POSITIVE_INFINITY, Rational.of(1n, 1n << 200n));
    const [lo, hi] = Rational.from(2).squareRootBounds(202);
    expect(root?.lo.atMost(lo) && hi.atMost(root.hi)).toBe(true);
  });
  it('holds one root an interval, ends included, when neighbours are irrational or lo is a root', () => {
    const irrational = fc.constantFrom(...[2, 3, 5, 7].map((c) => polynomial([-c, 0, 1])));
    const ends = fc.constantFrom(NEGATIVE_INFINITY, ...[-2, -1, 0, 1].map((x) => Rational.from(x)));
    fc.assert(
      fc.property(factored, fc.uniqueArray(irrational, { maxLength: 3 }), ends, ({ p, roots }, others, lo) => {
        const q = product([p, ...others]);
        const found = isolateRoots(q, lo, POSITIVE_INFINITY, Rational.from(100));
        expect(found).toHaveLength(countRoots(q, lo, POSITIVE_INFINITY));
        for (const [k, { lo: a, hi: b }] of found.entries()) {
          expect(countRoots(q, a, b) + (evaluate(q, a).sign() === 0 ? 1 : 0)).toBe(1);
          if (k > 0) expect(found[k - 1]?.hi.lessThan(a)).toBe(true);
        }
        expect(found.length).toBeGreaterThanOrEqual(roots.filter(({ at }) => below(lo, at)).length);
      }),
    );
    // 0 is a root outside of (0, 4], and the simplest number of [0, 4]
    const [right] = isolateRoots(polynomial([0, -2, 0, 1]), 0, 4, Rational.from(100));
    expect([right?.lo.sign(), right?.hi.sign(), right?.lo.power(2).lessThan(Rational.from(2))]).toEqual([1, 1, true]);
    const apart = isolateRoots(polynomial([-2, 0, 1]), -4, 4, Rational.from(100));
    expect(apart.map(({ lo, hi }) => [lo.sign(), hi.sign()])).toEqual([
      [-1, 0],
      [1, 1],
    ]);
  });
  it('finds rational roots with short denominators exactly', () => {
    fc.assert(
      fc.property(factored, ({ p, roots }) => {
        const found = isolateRoots(p, NEGATIVE_INFINITY, POSITIVE_INFINITY, Rational.of(1, 16));
        expect(found.map(({ lo, hi }) => `${lo} ${hi}`)).toEqual(roots.map(({ at }) => `${at} ${at}`));
      }),
    );
  });
  it('refuses width 0 and finds nothing in an empty interval', () => {
    expect(() => isolateRoots(polynomial([0, 1]), 0, 1, Rational.ZERO)).toThrow('width > 0');
    expect(() => isolateRoots([], 0, 1, Rational.ONE)).toThrow(RangeError);
    expect(isolateRoots(polynomial([0, 1]), 0, 0, Rational.ONE)).toEqual([]);
    expect(isolateRoots(polynomial([0, 1]), 100, POSITIVE_INFINITY, Rational.ONE)).toEqual([]);
  });
});
