import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, polynomial } from '../../src/kernels/exact/polynomial.ts';
import { type Numeric, Rational } from '../../src/kernels/exact/rational.ts';
import { rootToSignificant, toSignificant } from '../../src/kernels/exact/significant.ts';
import { POLAR_EXPRESS, POLAR_EXPRESS_CUSHION } from '../../src/kernels/matrix/coefficient-sets.ts';
import { chainedBounds } from '../../src/kernels/minimax/chained-bound.ts';
import { cushionedSteps } from '../../src/kernels/minimax/cushioned-steps.ts';
import { dualBound, dualWeights } from '../../src/kernels/minimax/dual-bound.ts';
import { greedyErrorBound } from '../../src/kernels/minimax/greedy-error-bound.ts';
import { greedySteps } from '../../src/kernels/minimax/greedy-steps.ts';
import { isErrorAtMost } from '../../src/kernels/minimax/is-error-at-most.ts';
import { oddMinimax } from '../../src/kernels/minimax/odd-minimax.ts';
import type { MinimaxDegree } from '../../src/kernels/minimax/odd-minimax-type.ts';
import { remez } from '../../src/kernels/minimax/remez.ts';
import { oddPolynomial, worstErrors } from '../../src/kernels/minimax/worst-error.ts';
import { polarExpressCoefficientsOperation } from '../../src/operations/polar-express-coefficients.ts';

const ONE = Rational.ONE;
const DEGREES = [3, 5] as const;
const BITS = 160;
const rational = (x: Numeric): Rational => Rational.from(x);
const twoToThe = (exponent: number): Rational => rational(2).power(exponent);
const near = (x: Rational, y: Rational, bits: number): boolean =>
  x
    .minus(y)
    .absolute()
    .atMost(y.absolute().times(twoToThe(-bits)));
const ends = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 400 }))
  .map(([k, n]) => [Rational.of(k, 10_000).times(Rational.of(n, 100)), Rational.of(n, 100)] as const);

describe('significant digits', () => {
  it('keeps the digits and the value within the last of them', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 40n }), fc.bigInt({ min: 1n, max: 10n ** 40n }), (p, q) => {
        const x = Rational.of(p, q);
        for (const bits of [1, 8, 60]) {
          const rounded = toSignificant(x, bits);
          expect(rounded.atMost(x) && x.times(ONE.minus(twoToThe(1 - bits))).atMost(rounded)).toBe(true);
          const root = rootToSignificant(x, bits);
          expect(root.times(root).atMost(x)).toBe(true);
          expect(x.lessThan(root.times(ONE.plus(twoToThe(1 - bits))).power(2))).toBe(true);
        }
      }),
    );
    expect(toSignificant(Rational.ZERO, 5).sign()).toBe(0);
    expect(toSignificant(rational(1024), 3).equals(rational(1024))).toBe(true);
    expect(toSignificant(rational(-1025), 3).lessThan(rational(-1025))).toBe(true);
  });
});

describe('the best odd polynomial', () => {
  it('is certified by duality from below and by Sturm chains from above', () => {
    fc.assert(
      fc.property(ends, fc.constantFrom<MinimaxDegree[]>(3, 5), ([lo, hi], degree) => {
        const { coefficients, error, least, nodes } = oddMinimax(lo, hi, degree, BITS);
        const p = oddPolynomial(coefficients);
        expect(near(dualBound(nodes), error, BITS - 12)).toBe(true);
        expect(near(least, ONE.minus(error), BITS - 40)).toBe(true);
        const slack = twoToThe(40 - BITS);
        expect(isErrorAtMost(p, { lo, hi }, error.plus(slack))).toBe(true);
        expect(isErrorAtMost(p, { lo, hi }, error.minus(slack))).toBe(false);
        for (const [i, x] of nodes.entries()) {
          const level = i % 2 === 0 ? least : ONE.plus(error);
          expect(near(evaluate(p, x), level, BITS - 40)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('agrees with Remez, which shares nothing with it', () => {
    for (const lower of ['1/1000', '1/10', '1/2', '9/10']) {
      for (const degree of DEGREES) {
        const exchange = remez(rational(lower), ONE, (degree - 1) / 2, 120);
        const [a, b, c] = oddMinimax(rational(lower), ONE, degree, 120).coefficients;
        const pairs = [a, b, c].map((x, j) => [x, exchange[2 * j + 1] ?? Rational.ZERO] as const);
        // the exchange ends when its error is right to 2^-30; coefficients feel that by the conditioning of the points
        for (const [x, y] of pairs) expect(Math.abs(x.minus(y).toNumber())).toBeLessThan(2 ** -12);
        const errors = [exchange, oddPolynomial([a, b, c])].map(
          (p) => worstErrors([p], { lo: rational(lower), hi: ONE }, 100)[0]?.hi ?? ONE,
        );
        expect(near(errors[0] ?? ONE, errors[1] ?? ONE, 29)).toBe(true);
      }
    }
  });

  it('is continuous where it changes to its limits', () => {
    for (const degree of DEGREES) {
      for (const lower of [ONE.minus(twoToThe(-62)), twoToThe(-62)]) {
        // 2^-62 is negligible for 60 bits and not for 200
        const [limit, general] = [oddMinimax(lower, ONE, degree, 60), oddMinimax(lower, ONE, degree, 200)];
        expect(near(limit.error, general.error, 50)).toBe(true);
        expect(near(limit.least, general.least, 50)).toBe(true);
        for (const [j, c] of limit.coefficients.entries())
          expect(near(c, general.coefficients[j] ?? ONE, 50)).toBe(true);
      }
    }
  });

  it('scales with the interval', () => {
    const [p, scaled] = [
      oddMinimax(rational('1/10'), ONE, 5, BITS),
      oddMinimax(rational('1/30'), rational('1/3'), 5, BITS),
    ];
    expect(near(scaled.error, p.error, BITS - 8)).toBe(true);
    for (const [j, c] of scaled.coefficients.entries())
      expect(near(c, (p.coefficients[j] ?? ONE).times(rational(3).power(2 * j + 1)), BITS - 8)).toBe(true);
  });

  it('refuses what is no interval of positive numbers', () => {
    const call = (lower: Numeric, upper: Numeric) => () => oddMinimax(rational(lower), rational(upper), 5, BITS);
    expect(call(0, 1)).toThrow('oddMinimax: lower > 0, got 0');
    expect(call(1, 1)).toThrow('oddMinimax: lower < upper, got 1 and 1');
    expect(() => greedySteps(ONE, rational(2), -1, 3, BITS)).toThrow('greedySteps: steps an integer >= 0, got -1');
    expect(() => dualWeights([ONE])).toThrow('dualWeights');
    expect(() => dualWeights([ONE, ONE])).toThrow('dualWeights');
  });
});

describe('duality', () => {
  it('annihilates the odd powers and bounds every polynomial, also from wrong points', () => {
    const sorted = fc
      .uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 2, maxLength: 5 })
      .map((points) => points.sort((x, y) => x - y).map((x) => Rational.of(x, 100)));
    const coefficients = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(sorted, coefficients, (nodes, drawn) => {
        const weights = dualWeights(nodes);
        for (let j = 0; j <= nodes.length - 2; j += 1) {
          const moment = Rational.sum(weights.map((w, i) => w.times((nodes[i] ?? ONE).power(2 * j + 1))));
          expect(moment.sign()).toBe(0);
        }
        expect(weights.every((w, i) => w.sign() === ((nodes.length - 1 - i) % 2 === 0 ? 1 : -1))).toBe(true);
        // an odd polynomial of degree <= 2n - 3
        const odd = polynomial(drawn.slice(0, nodes.length - 1).flatMap((c) => [0, Rational.of(c, 10)]));
        const worst = Rational.max(ONE.negated(), ...nodes.map((x) => ONE.minus(evaluate(odd, x)).absolute()));
        expect(dualBound(nodes).atMost(worst)).toBe(true);
      }),
    );
  });

  it('is exact for one monomial', () => {
    // the best a x on {1, 3}: a = 1/2, error 1/2
    expect(dualBound([ONE, rational(3)]).toString()).toBe('1/2');
  });
});

describe('greedy steps', () => {
  it('meet the chained bound, step after step', () => {
    for (const degree of DEGREES) {
      for (const lower of ['1/100', '1/2']) {
        const steps = greedySteps(rational(lower), ONE, 4, degree, 90);
        const worst = worstErrors(
          steps.map(({ coefficients }) => oddPolynomial(coefficients)),
          { lo: rational(lower), hi: ONE },
          120,
        );
        const bounds = chainedBounds(rational(lower), ONE, 4, degree, 200);
        for (const [t, { error }] of steps.entries()) {
          const [bound, { lo, hi }] = [bounds[t] ?? ONE, worst[t] ?? { lo: ONE, hi: ONE }];
          expect(bound.atMost(lo)).toBe(true);
          expect(hi.minus(bound).lessThan(twoToThe(-60))).toBe(true);
          expect(error.minus(bound).absolute().lessThan(twoToThe(-60))).toBe(true);
        }
      }
    }
  });

  it('give the published list when cushioned, up to its rounding, and not without', () => {
    const published = POLAR_EXPRESS.slice(0, 6);
    const distance = (cushion: number): number => {
      const steps = cushionedSteps(rational('1/1000'), ONE, 6, 5, rational(cushion), 120);
      return Math.max(
        ...published.flatMap((row, t) =>
          row.map((x, j) => Math.abs((steps[t]?.coefficients[j] ?? ONE).minus(rational(x)).toNumber()) / Math.abs(x)),
        ),
      );
    };
    expect(distance(POLAR_EXPRESS_CUSHION)).toBeLessThan(40 * 2 ** -53);
    expect(distance(0)).toBeGreaterThan(0.01);
  });
});

describe('polar-express-coefficients', () => {
  const { input, reference, errorBound } = polarExpressCoefficientsOperation;
  const refused = (value: object): string | undefined => input.safeParse(value).error?.issues[0]?.message;

  it('refuses bad input in words', () => {
    const good = { lower: 0.1, upper: 1, steps: 2, degree: 5 };
    expect(refused(good)).toBeUndefined();
    expect(refused({ ...good, steps: 0 })).toBeUndefined();
    expect(refused({ ...good, steps: -1 })).toBe('an integer >= 0');
    expect(refused({ ...good, lower: 1 })).toBe('a number > lower');
    expect(refused({ ...good, lower: 2 })).toBe('a number > lower');
    expect(refused({ ...good, lower: 0 })).toBe('a number > 0');
    // a malformed number does not reach the comparison
    expect(refused({ ...good, lower: 'x' })).toBeDefined();
    expect(refused({ ...good, degree: 4 })).toBe('3 or 5');
    expect(() => reference({ lower: 1e-200, upper: 1e-100, steps: 1, degree: 5 })).toThrow('in the range of doubles');
  });

  it('has nothing to say about no steps', () => {
    expect(reference({ lower: 0.1, upper: 1, steps: 0, degree: 3 })).toEqual({ coefficients: [], errors: [] });
    expect(errorBound({ lower: 0.1, upper: 1, steps: 0, degree: 3 }, 'float64')).toBe(0);
  });

  it('survives the smallest and the largest doubles, and neighbours', () => {
    const far = reference({ lower: 5e-324, upper: 1e300, steps: 800, degree: 3 });
    expect(far.coefficients).toHaveLength(800);
    expect(far.errors[0]).toBe(1);
    const close = reference({ lower: 1 - 2 ** -53, upper: 1, steps: 20, degree: 5 });
    expect(close.coefficients.at(-1)).toEqual([15 / 8, -10 / 8, 3 / 8]);
    expect(close.errors.at(-1)).toBe(0);
  });

  it('bounds what rounding the ends does', () => {
    const u = 2 ** -30;
    for (const degree of DEGREES) {
      for (const lower of [1e-3, 0.3, 0.9]) {
        const at = (l: number, top: number) => reference({ lower: l, upper: top, steps: 4, degree });
        const exact = at(lower, 1);
        const bound = greedyErrorBound(greedySteps(rational(lower), ONE, 4, degree, BITS), 'float64') * 2 ** 53 * u;
        for (const moved of [at(lower * (1 + u), 1), at(lower * (1 - u), 1 + u), at(lower, 1 - u)]) {
          const numbers = [...moved.coefficients.flat(), ...moved.errors];
          const before = [...exact.coefficients.flat(), ...exact.errors];
          const distance = Math.max(...numbers.map((x, i) => Math.abs(x - (before[i] ?? 0))));
          expect(distance).toBeGreaterThan(0);
          expect(distance).toBeLessThan(bound);
        }
      }
    }
  });
});
