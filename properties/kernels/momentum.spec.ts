import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, contains, type Interval, interval, multiply, subtract, width } from '../../src/kernels/exact/interval.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { binomialAtMost } from '../../src/kernels/momentum/binomial-at-most.ts';
import { cautiousDrift } from '../../src/kernels/momentum/cautious-drift.ts';
import { cautiousDriftBound } from '../../src/kernels/momentum/cautious-drift-bound.ts';
import { distributionAt } from '../../src/kernels/momentum/distribution-at.ts';
import { driftThreshold } from '../../src/kernels/momentum/drift-threshold.ts';
import {
  cautiousDriftEnclosure,
  positiveMomentumEnclosure,
  resolvedLaw,
  topKAlignmentEnclosure,
  topKDrift,
} from '../../src/kernels/momentum/enclosures.ts';
import { gridQuotients } from '../../src/kernels/momentum/grid-quotients.ts';
import { integralAt } from '../../src/kernels/momentum/integral-at.ts';
import { lawResolution } from '../../src/kernels/momentum/law-resolution.ts';
import { momentumLaw, refinedLaw } from '../../src/kernels/momentum/momentum-law.ts';
import { momentumMoments } from '../../src/kernels/momentum/momentum-moments.ts';
import { meanNegativePart } from '../../src/kernels/momentum/negative-part.ts';
import { positiveMomentum } from '../../src/kernels/momentum/positive-momentum.ts';
import { rankProbability } from '../../src/kernels/momentum/rank-probability.ts';
import { topKAlignment } from '../../src/kernels/momentum/top-k-alignment.ts';

/** An independent generator (mulberry32): the simulations below are repeatable. */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Batch means: the chain is correlated, 400 batches of it are not. */
function simulate(n: number, b: number, value: (m: number, g: number) => number): { mean: number; error: number } {
  const [random, batches, size] = [uniforms(7), 400, 2000];
  let m = 1 / n;
  const means = Array.from({ length: batches }, () => {
    let sum = 0;
    for (let t = 0; t < size; t += 1) {
      const g = random() < 1 / n ? n : -1;
      m = b * m + (1 - b) * g;
      sum += value(m, g);
    }
    return sum / size;
  }).slice(1);
  const mean = means.reduce((a, x) => a + x, 0) / means.length;
  const variance = means.reduce((a, x) => a + (x - mean) ** 2, 0) / (means.length - 1);
  return { mean, error: Math.sqrt(variance / means.length) };
}

const nearby = ({ lo, hi }: Interval, { mean, error }: { mean: number; error: number }): boolean =>
  mean >= lo - 5 * error && mean <= hi + 5 * error;

const points = fc.integer({ min: 0, max: 1000 }).map((k) => Rational.of(k, 1000));
const momenta = fc.integer({ min: 1, max: 1023 }).map((k) => k / 1024);

describe('law of the momentum', () => {
  test('grid quotients are exact', () => {
    fc.assert(
      fc.property(fc.oneof(momenta, fc.constantFrom(1 / 3, 0.1, 0.9, 0.95, 2 ** -20)), (b) => {
        const { floor, ceiling } = gridQuotients(256, b);
        for (let k = 0; k <= 256; k += 1) {
          const exact = Rational.of(k).dividedBy(Rational.from(b));
          expect(floor[k]).toBe(Math.min(256, Number(exact.floor())));
          expect(ceiling[k]).toBe(Math.min(256, Number(exact.ceiling())));
        }
      }),
      { numRuns: 20 },
    );
  });

  test('n = 2, b = 1/2 is uniform: F(y) = y and G(y) = y^2/2', () => {
    const law = momentumLaw(2, 0.5, 256);
    fc.assert(
      fc.property(points, (y) => {
        expect(contains(distributionAt(law, y), y.toNumber())).toBe(true);
        expect(width(distributionAt(law, y))).toBeLessThan(1e-12);
        const half = y.times(y).dividedBy(Rational.of(2));
        expect(integralAt(law, y).lo).toBeLessThanOrEqual(half.upperDouble());
        expect(integralAt(law, y).hi).toBeGreaterThanOrEqual(half.lowerDouble());
      }),
    );
    for (let k = 0; k <= 256; k += 1) {
      expect(law.lower[k]).toBeLessThanOrEqual(k / 256);
      expect(law.upper[k]).toBeGreaterThanOrEqual(k / 256);
    }
  });

  test('more sweeps and finer grids only narrow it, and the equation keeps holding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), momenta, (n, b) => {
        const law = momentumLaw(n, b, 256);
        const [more, fine] = [refinedLaw(law, 3), momentumLaw(n, b, 512)];
        for (let k = 0; k <= 256; k += 1) {
          expect(law.lower[k]).toBeLessThanOrEqual(more.lower[k] as number);
          expect(more.lower[k]).toBeLessThanOrEqual(more.upper[k] as number);
          expect(more.upper[k]).toBeLessThanOrEqual(law.upper[k] as number);
          expect(law.lower[k]).toBeLessThanOrEqual(fine.upper[2 * k] as number);
          expect(fine.lower[2 * k]).toBeLessThanOrEqual(law.upper[k] as number);
          if (k > 0) expect(law.upper[k]).toBeGreaterThanOrEqual(law.upper[k - 1] as number);
          if (k > 0) expect(law.lower[k]).toBeGreaterThanOrEqual(law.lower[k - 1] as number);
        }
      }),
      { numRuns: 12 },
    );
  });

  test('the exact mean and variance lie inside the enclosures by the law', () => {
    for (const [n, b] of [
      [3, 0.5],
      [10, 0.9],
      [20, 0.7],
      [7, 0.95],
    ] as const) {
      const law = momentumLaw(n, b, 2 ** 12);
      const { mean, variance } = momentumMoments(n, b);
      // E Y = integral of 1 - F, E Y^2 = integral of 2 y (1 - F); m = -1 + (n+1) Y
      const moment = (values: Float64Array, shift: 0 | 1, weight: (y: number) => number): number => {
        let sum = 0;
        for (let k = 0; k < law.points; k += 1) {
          sum += weight((k + shift) / law.points) * (1 - (values[k + 1 - shift] as number));
        }
        return sum / law.points;
      };
      const first = [moment(law.upper, 0, () => 1), moment(law.lower, 1, () => 1)] as const;
      const second = [moment(law.upper, 0, (y) => 2 * y), moment(law.lower, 1, (y) => 2 * y)] as const;
      expect(-1 + (n + 1) * first[0]).toBeLessThanOrEqual(mean.toNumber());
      expect(-1 + (n + 1) * first[1]).toBeGreaterThanOrEqual(mean.toNumber());
      const wanted = variance.plus(mean.plus(Rational.ONE).power(2)).toNumber() / (n + 1) ** 2;
      expect(second[0]).toBeLessThanOrEqual(wanted);
      expect(second[1]).toBeGreaterThanOrEqual(wanted);
      expect(second[1] - second[0]).toBeLessThan(0.02);
    }
  });

  test('refuses what is no law', () => {
    expect(() => momentumLaw(1, 0.5, 256)).toThrow(RangeError);
    expect(() => momentumLaw(2.5, 0.5, 256)).toThrow(RangeError);
    expect(() => momentumLaw(3, 0, 256)).toThrow(RangeError);
    expect(() => momentumLaw(3, 1, 256)).toThrow(RangeError);
    expect(() => momentumLaw(3, 0.5, 300)).toThrow(RangeError);
    expect(() => positiveMomentumEnclosure(3, Number.NaN)).toThrow(RangeError);
  });
});

describe('P(m > 0) and the cautious drift', () => {
  test.each([
    [10, 0.9],
    [5, 0.5],
    [3, 0.95],
    [20, 0.3],
  ] as const)('agree with a simulation at n = %d, b = %d', (n, b) => {
    expect(
      nearby(
        positiveMomentumEnclosure(n, b),
        simulate(n, b, (m) => Number(m > 0)),
      ),
    ).toBe(true);
    expect(
      nearby(
        cautiousDriftEnclosure(n, b),
        simulate(n, b, (m, g) => (m * g > 0 ? m : 0)),
      ),
    ).toBe(true);
  });

  test('are exact at b = 0', () => {
    for (const n of [2, 3, 50]) {
      expect(contains(positiveMomentumEnclosure(n, 0), 1 / n)).toBe(true);
      expect(contains(cautiousDriftEnclosure(n, 0), 1 / n)).toBe(true);
    }
  });

  test('n = 2, b = 1/2: P(m > 0) = 2/3 and D_C = 11/24 by hand, since Y is uniform', () => {
    // m' = -1 + 3Y: after g = 2, m = 1/2 + 3Y/2 > 0, mean 5/4; after g = -1, m = -1 + 3Y/2, E m^- = 1/3
    expect(contains(positiveMomentumEnclosure(2, 0.5), 2 / 3)).toBe(true);
    expect(contains(cautiousDriftEnclosure(2, 0.5), 11 / 24)).toBe(true);
  });

  test('the rational bound lies above the drift, and its k is the best one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 19 }), (n, twentieths) => {
        const b = twentieths / 20;
        fc.pre(n * (1 - b) >= b + 2 ** -40);
        const { bound, steps } = cautiousDriftBound(n, b);
        expect(cautiousDrift(momentumLaw(n, b, 2 ** 12)).lo).toBeLessThanOrEqual(bound.upperDouble());
        const f = (k: number): number => (1 - 1 / n) ** k * (1 - b ** k * (1 + 1 / n));
        const best = Math.max(...Array.from({ length: 200 }, (_, k) => f(k + 1)));
        expect(f(steps)).toBeCloseTo(best, 12);
        expect(bound.toNumber()).toBeCloseTo(b / n ** 2 + 1 - b - best, 12);
      }),
      { numRuns: 12 },
    );
    expect(cautiousDriftBound(10, '9/10').steps).toBe(7);
    expect(cautiousDriftBound(10, '9/10').bound.equals(Rational.from('-117652182995429/1000000000000000'))).toBe(true);
    expect(() => cautiousDriftBound(10, '10/11')).not.toThrow();
    expect(() => cautiousDriftBound(10, '11/12')).toThrow(RangeError);
  });

  test('the general formula joins the simple one where n (1-b) = b', () => {
    // b/n^2 + (1-b) - E m^- + 2 p R is continuous in b, and R = 0 up to b = n/(n+1)
    const [below, above] = [cautiousDriftEnclosure(4, 0.8 - 1e-9), cautiousDriftEnclosure(4, 0.8 + 1e-9)];
    expect(Math.max(below.lo, above.lo)).toBeLessThan(Math.min(below.hi, above.hi) + 1e-7);
  });

  test('where a pulse can leave m negative, D_C gains 2 p E (b m + (1-b) n)^-', () => {
    const [n, b] = [4, 0.9];
    const law = momentumLaw(n, b, 2 ** 14);
    const gained = add(add(cautiousDrift(law), meanNegativePart(law)), interval(-(b / n ** 2 + 1 - b)));
    const simulated = simulate(n, b, (m) => (2 / n) * Math.max(0, -(b * m + (1 - b) * n)));
    expect(simulated.error).toBeLessThan(0.02 * simulated.mean);
    expect(nearby(gained, simulated)).toBe(true);
  });

  test('narrow wherever promised, and never NaN anywhere', () => {
    for (const [n, b] of [
      [50, 0.95],
      [3, 0.95],
      [31, 0.5],
      [15, 0.5 + 1e-9],
      [50, 1e-300],
    ] as const) {
      const law = resolvedLaw(n, b);
      const drift = cautiousDrift(law);
      expect(width(positiveMomentum(law))).toBeLessThan(0.001);
      expect(width(drift)).toBeLessThan(0.001);
      expect(width(driftThreshold(drift, n))).toBeLessThan(0.01);
    }
    for (const [n, b] of [
      [2, 1 - 2 ** -53],
      [2 ** 53 - 1, 0.001],
      [2, Number.MIN_VALUE],
    ] as const) {
      const law = resolvedLaw(n, b);
      const [drift, positive] = [cautiousDrift(law), positiveMomentum(law)];
      expect(drift.lo <= drift.hi && positive.lo <= positive.hi).toBe(true);
    }
  });

  test('the threshold is the zero of alpha D + gamma (1/n - D)', () => {
    expect(driftThreshold({ lo: 0.1, hi: 0.2 }, 5)).toEqual({ lo: 0, hi: 0 });
    const { lo, hi } = driftThreshold({ lo: -0.25, hi: -0.25 }, 4);
    expect(contains({ lo, hi }, 0.5)).toBe(true);
    expect(hi - lo).toBeLessThan(1e-15);
  });
});

describe('top-k drift', () => {
  const alignment = (n: number, b: number, d: number, k: number): { mean: number; error: number } => {
    const [random, batches, size] = [uniforms(11), 200, 600];
    const m = new Float64Array(d).fill(1 / n);
    const means = Array.from({ length: batches }, () => {
      let sum = 0;
      for (let t = 0; t < size; t += 1) {
        const scores = Array.from(m, (old, i) => {
          const g = random() < 1 / n ? n : -1;
          m[i] = b * old + (1 - b) * g;
          return (m[i] as number) * g;
        });
        const order = scores.map((_, i) => i).sort((i, j) => (scores[j] as number) - (scores[i] as number));
        // by symmetry the sum over the chosen ones is d times that of coordinate 1
        for (const i of order.slice(0, k)) sum += (m[i] as number) / d;
      }
      return sum / size;
    }).slice(1);
    const mean = means.reduce((a, x) => a + x, 0) / means.length;
    const variance = means.reduce((a, x) => a + (x - mean) ** 2, 0) / (means.length - 1);
    return { mean, error: Math.sqrt(variance / means.length) };
  };

  test.each([
    [10, 0.9, 2, 1],
    [10, 0.9, 7, 3],
    [3, 0.95, 4, 2],
    [5, 0.9, 6, 1],
    [20, 0.5, 5, 2],
    [2, 0.7, 3, 1],
  ] as const)('agrees with a simulation at n = %d, b = %d, d = %d, k = %d', (n, b, d, k) => {
    const enclosed = topKAlignmentEnclosure(n, b, d, k);
    const simulated = alignment(n, b, d, k);
    expect(nearby(enclosed, simulated)).toBe(true);
    expect(width(enclosed)).toBeLessThan(0.001);
  });

  test('k = d selects everything, amplify = damp is Adam', () => {
    expect(contains(topKAlignmentEnclosure(7, 0.6, 3, 3), 1 / 7)).toBe(true);
    expect(width(topKAlignmentEnclosure(7, 0.6, 3, 3))).toBeLessThan(1e-15);
    const drift = topKDrift(topKAlignmentEnclosure(10, 0.9, 2, 1), 10, 3, 3);
    expect(contains(drift, 0.3)).toBe(true);
    expect(width(drift)).toBeLessThan(1e-15);
  });

  test('b = 0: coordinate 1 wins ties, by enumeration', () => {
    for (const [n, d, k] of [
      [3, 2, 1],
      [2, 4, 2],
      [5, 3, 2],
    ] as const) {
      let expected = 0;
      for (let pattern = 0; pattern < 2 ** d; pattern += 1) {
        const g = Array.from({ length: d }, (_, i) => ((pattern >> i) & 1 ? n : -1));
        const chance = g.reduce((c, x) => c * (x === n ? 1 / n : 1 - 1 / n), 1);
        const ahead = g.filter((x) => x * x > (g[0] as number) ** 2).length;
        if (ahead < k) expected += chance * (g[0] as number);
      }
      const { lo, hi } = topKAlignmentEnclosure(n, 0, d, k);
      expect(expected).toBeGreaterThanOrEqual(lo - 1e-14);
      expect(expected).toBeLessThanOrEqual(hi + 1e-14);
      expect(hi - lo).toBeLessThan(1e-12);
    }
  });

  test('the triangle rule of order statistics holds for the mean momentum of the r-th largest score', () => {
    // of d draws leave one out at random: d a(r, d-1) = r a(r+1, d) + (d-r) a(r, d)
    const law = momentumLaw(10, 0.9, 2 ** 14);
    const ranked = (r: number, d: number): Interval => {
      const [more, less] = [topKAlignment(law, d, r), r === 1 ? interval(0) : topKAlignment(law, d, r - 1)];
      return multiply(interval(d), subtract(more, less));
    };
    for (const [r, d] of [
      [1, 3],
      [2, 4],
      [3, 5],
    ] as const) {
      const left = multiply(interval(d), ranked(r, d - 1));
      const right = add(multiply(interval(r), ranked(r + 1, d)), multiply(interval(d - r), ranked(r, d)));
      expect(left.lo).toBeLessThanOrEqual(right.hi);
      expect(right.lo).toBeLessThanOrEqual(left.hi);
    }
  });

  test('huge dimensions and narrow laws stay enclosures', () => {
    for (const [n, b, d, k] of [
      [10, 0.9, 2 ** 53 - 1, 2 ** 52],
      [10, 1 - 2 ** -40, 5, 2],
      [50, 0.5, 2, 1],
      [50, 1e-9, 3, 2],
      [2, 0, 2 ** 53 - 1, 7],
    ] as const) {
      const { lo, hi } = topKAlignmentEnclosure(n, b, d, k);
      expect(lo).toBeLessThanOrEqual(hi);
      expect(hi - lo).toBeLessThan(0.002);
    }
  });

  test('far from its mean the rank probability is 0 or 1, and it grows with the rank', () => {
    expect(rankProbability(10 ** 6, 3 * 10 ** 5, 0.6).hi).toBeLessThan(1e-15);
    expect(rankProbability(10 ** 6, 3 * 10 ** 5, 0.8).lo).toBeGreaterThan(1 - 1e-15);
    expect(rankProbability(2 ** 40, 2 ** 39, 0.4).hi).toBeLessThan(1e-15);
    // Bin(10000, 1/2) <= 4999 or >= 5001, each with the probability that is left beside the middle one
    const [less, notMore] = [rankProbability(10001, 5000, 0.5), rankProbability(10001, 5001, 0.5)];
    expect(less.lo + notMore.lo).toBeLessThanOrEqual(1);
    expect(less.hi + notMore.hi).toBeGreaterThanOrEqual(1);
    for (let j = 0; j < 64; j += 1) {
      expect(rankProbability(500, 100, j / 64).lo).toBeLessThanOrEqual(rankProbability(500, 100, (j + 1) / 64).hi);
    }
  });

  test('binomial sums', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 25 }),
        fc.integer({ min: 0, max: 64 }),
        fc.integer({ min: -1, max: 26 }),
        (trials, x64, most) => {
          const x = Rational.of(x64, 64);
          let [exact, choose] = [Rational.ZERO, 1n];
          for (let j = 0; j <= Math.min(trials, most); j += 1) {
            const power = x.power(j).times(Rational.ONE.minus(x).power(trials - j));
            exact = exact.plus(power.times(Rational.of(choose)));
            choose = (choose * BigInt(trials - j)) / BigInt(j + 1);
          }
          const { lo, hi } = binomialAtMost(trials, x64 / 64, most);
          expect(lo).toBeLessThanOrEqual(exact.upperDouble());
          expect(hi).toBeGreaterThanOrEqual(exact.lowerDouble());
          expect(hi - lo).toBeLessThan(1e-12);
        },
      ),
    );
    expect(() => binomialAtMost(3, 1.5, 1)).toThrow(RangeError);
  });

  test('the resolution follows the need', () => {
    expect(lawResolution(3, 0.25)).toBeLessThan(lawResolution(50, 0.9));
    expect(lawResolution(50, 0.99)).toBeLessThan(lawResolution(50, 0.95));
  });
});
