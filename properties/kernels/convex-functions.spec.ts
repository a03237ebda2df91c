import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownStep } from '../../src/instances/broximal/known-step.ts';
import { linearProgram } from '../../src/kernels/exact/linear-program.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import {
  applied,
  combined,
  differenceOf,
  dot,
  entryOf,
  multipleOf,
  type RationalVector,
  squaredNorm,
  sumOf,
  vectorFrom,
} from '../../src/kernels/exact/rational-vector.ts';
import { solveConsistent, solveSquare } from '../../src/kernels/exact/solve-consistent.ts';
import { type ConvexFunction, rationalFunction } from '../../src/problems/functions/convex-function.ts';
import { exactValue } from '../../src/problems/functions/exact-value.ts';
import { isSubgradient } from '../../src/problems/functions/is-subgradient.ts';
import { isBoundedBelow, minimumOf } from '../../src/problems/functions/minimum.ts';
import { ballHoldsMinimiser, nearestMinimiser } from '../../src/problems/functions/nearest-minimiser.ts';

const KINDS = ['quadratic', 'residual-norm', 'weighted-l1', 'max-norm', 'max-affine', 'huber', 'absolute'] as const;

const integers = (length: number) =>
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: length, maxLength: length });
const rationals = (length: number) => integers(length).map(vectorFrom);
const rows = (height: number, width: number) => fc.array(rationals(width), { minLength: height, maxLength: height });
const stepsOf = (kind: (typeof KINDS)[number]) =>
  kind === 'absolute' ? knownStep(kind, 1) : fc.integer({ min: 1, max: 3 }).chain((n) => knownStep(kind, n));
const zero = (x: RationalVector): RationalVector => x.map(() => Rational.ZERO);

describe.each(KINDS)('%s', (kind) => {
  const steps = fc.tuple(stepsOf(kind), rationals(3)).map(([known, raw]) => {
    const [x, u] = [vectorFrom(known.point), vectorFrom(known.minimiser)];
    const gamma = Rational.ONE.dividedBy(Rational.from(known.multiplier));
    return {
      f: rationalFunction(known.function),
      x,
      u,
      g: multipleOf(Rational.ONE.dividedBy(gamma), differenceOf(x, u)),
      y: u.map((_, i) => entryOf(raw, i)),
    };
  });

  it('a subgradient lies below the function everywhere, and a vector that does not is none', () => {
    fc.assert(
      fc.property(steps, ({ f, u, g, y }) => {
        expect(isSubgradient(f, u, g)).toBe(true);
        expect(isSubgradient(f, u, zero(g))).toBe(false);
        const [here, there] = [exactValue(f, u), exactValue(f, y)];
        if (here === undefined || there === undefined) return;
        expect(here.plus(dot(g, differenceOf(y, u))).atMost(there)).toBe(true);
        // a line that lies above f at y cannot be one of a subgradient
        const steep = sumOf(g, multipleOf(Rational.of(1000), differenceOf(y, u)));
        if (there.lessThan(here.plus(dot(steep, differenceOf(y, u))))) expect(isSubgradient(f, u, steep)).toBe(false);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it('the nearest minimiser is one, attains the minimum, and no minimiser is nearer', () => {
    fc.assert(
      fc.property(steps, ({ f, x, y }) => {
        const nearest = nearestMinimiser(f, x);
        if (nearest === undefined) {
          expect(minimumOf(f)).toBeUndefined();
          expect(ballHoldsMinimiser(f, x, Rational.of(10 ** 9))).toBe(false);
          return;
        }
        expect(isSubgradient(f, nearest, zero(nearest))).toBe(true);
        const [least, value, other] = [minimumOf(f), exactValue(f, nearest), exactValue(f, y)];
        if (least !== undefined && value !== undefined) expect(value.equals(least)).toBe(true);
        if (value !== undefined && other !== undefined) expect(value.atMost(other)).toBe(true);
        const squared = squaredNorm(differenceOf(nearest, x));
        expect(ballHoldsMinimiser(f, x, squared)).toBe(true);
        if (squared.sign() > 0) {
          expect(ballHoldsMinimiser(f, x, squared.times(Rational.of(999, 1000)))).toBe(false);
          // projection onto a convex set: <x - p, q - p> <= 0 for every minimiser q
          const elsewhere = nearestMinimiser(f, y) ?? nearest;
          expect(dot(differenceOf(x, nearest), differenceOf(elsewhere, nearest)).sign()).toBeLessThanOrEqual(0);
        }
      }),
      { seed: 4, numRuns: 40 },
    );
  });
});

describe('the subdifferential at special points', () => {
  const r = (...values: number[]): RationalVector => vectorFrom(values);

  it('of a residual norm at a zero of the residual is A^T applied to the unit ball', () => {
    const f: ConvexFunction<Rational> = { kind: 'residual-norm', matrix: [r(3, 0), r(0, 4)], vector: r(3, 4) };
    expect(isSubgradient(f, r(1, 1), r(0, 4))).toBe(true);
    expect(isSubgradient(f, r(1, 1), vectorFrom(['9/5', '16/5']))).toBe(true);
    expect(isSubgradient(f, r(1, 1), r(2, 4))).toBe(false);
  });

  it('of the largest coordinate at 0 is the l1 ball', () => {
    const f: ConvexFunction<Rational> = { kind: 'max-norm' };
    expect(isSubgradient(f, r(0, 0), vectorFrom(['1/2', '-1/2']))).toBe(true);
    expect(isSubgradient(f, r(0, 0), vectorFrom(['1/2', '2/3']))).toBe(false);
    expect(isSubgradient(f, r(2, 1), r(0, 1))).toBe(false);
  });

  it('a max-affine function is bounded below exactly if 0 is a convex combination of its slopes', () => {
    expect(isBoundedBelow([r(1, 0), r(-1, 1), r(-1, -1)])).toBe(true);
    expect(isBoundedBelow([r(1, 0), r(0, 1)])).toBe(false);
    expect(isBoundedBelow([r(0, 0)])).toBe(true);
  });
});

describe('linear programs over the rationals', () => {
  it('prove their answer by the dual', () => {
    const seen = new Set<string>();
    const problem = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }))
      .chain(([height, width]) => fc.tuple(rows(height, width), rationals(height), rationals(width)));
    fc.assert(
      fc.property(problem, ([A, b, c]) => {
        const answer = linearProgram(A, b, c);
        seen.add(answer.status);
        if (answer.status === 'optimal') {
          expect(applied(A, answer.solution).map(String)).toEqual(b.map(String));
          expect(answer.solution.every((x) => x.sign() >= 0)).toBe(true);
          const prices = combined(A, answer.dual, c.length);
          expect(prices.every((p, j) => entryOf(c, j).atMost(p))).toBe(true);
          expect(dot(answer.dual, b).equals(answer.value)).toBe(true);
        } else if (answer.status === 'infeasible') {
          expect(combined(A, answer.farkas, c.length).every((x) => x.sign() >= 0)).toBe(true);
          expect(dot(answer.farkas, b).sign()).toBe(-1);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
    expect([...seen].sort()).toEqual(['infeasible', 'optimal', 'unbounded']);
  });

  it('refuse shapes that do not fit', () => {
    expect(() => linearProgram([vectorFrom([1, 2])], vectorFrom([1]), vectorFrom([1]))).toThrow(TypeError);
  });
});

describe('linear systems without fractions', () => {
  it('are solved, or shown to have no solution', () => {
    let [solvable, singular] = [0, 0];
    fc.assert(
      fc.property(rows(3, 4), rationals(4), (A, x) => {
        const b = applied(A, x);
        const found = solveConsistent(A, b);
        solvable += found === undefined ? 0 : 1;
        expect(applied(A, found ?? []).map(String)).toEqual(b.map(String));
      }),
      { seed: 6, numRuns: 60 },
    );
    fc.assert(
      fc.property(rows(3, 3), rationals(3), (A, b) => {
        const found = solveSquare(A, [b]);
        if ('nullVector' in found) {
          singular += 1;
          expect(applied(A, found.nullVector).every((x) => x.sign() === 0)).toBe(true);
          expect(found.nullVector.some((x) => x.sign() !== 0)).toBe(true);
        } else expect(applied(A, found.solutions[0] ?? []).map(String)).toEqual(b.map(String));
      }),
      { seed: 6, numRuns: 60 },
    );
    expect(Math.min(solvable, singular)).toBeGreaterThan(0);
    expect(solveConsistent([vectorFrom([1, 1]), vectorFrom([1, 1])], vectorFrom([1, 2]))).toBeUndefined();
  });
});
