import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains } from '../../src/kernels/exact/interval.ts';
import { FLOAT32 } from '../../src/kernels/matrix/arithmetic.ts';
import { BFLOAT16, toBfloat16 } from '../../src/kernels/matrix/bfloat16.ts';
import { inverseRoot } from '../../src/kernels/matrix/inverse-root.ts';
import { map } from '../../src/kernels/matrix/matrix.ts';
import { gram } from '../../src/kernels/matrix/multiply.ts';
import { polarFactor } from '../../src/kernels/matrix/polar.ts';
import { spectralFunction } from '../../src/kernels/matrix/spectral-function.ts';
import { enclosedNumbers } from '../../src/kernels/numbers/enclosed-numbers.ts';
import { BFLOATS } from '../../src/kernels/numbers/rounded-numbers.ts';
import { adamwOperation } from '../../src/operations/adamw.ts';
import { muonOperation } from '../../src/operations/muon.ts';
import type { OptimiserOperation } from '../../src/operations/optimiser.ts';
import { sgdMomentumOperation } from '../../src/operations/sgd-momentum.ts';
import { randomMatrix } from './matrices.ts';

type Rows = readonly (readonly number[])[];

describe('decompositions in bfloat16', () => {
  it('are those of single precision, rounded once', () => {
    for (const seed of [1, 2, 3]) {
      const A = randomMatrix(4, 6, seed);
      const rounded = map(A, toBfloat16);
      expect(polarFactor(A, BFLOAT16)).toEqual(map(polarFactor(rounded, FLOAT32), toBfloat16));
      const root = spectralFunction(inverseRoot(4, 0.5));
      const [V, W] = [gram(A), map(gram(A), toBfloat16)];
      expect(root.compute(V, BFLOAT16)).toEqual(map(root.compute(W, FLOAT32), toBfloat16));
    }
  });

  it('take the rank of single precision: 2^-8 times 16 rows is no threshold', () => {
    const A = randomMatrix(16, 16, 4);
    const P = polarFactor(A, BFLOAT16);
    const trace = gram(P).data.reduce((sum, x, k) => (k % 17 === 0 ? sum + x : sum), 0);
    // 16 singular values of 1; rounding the entries of P changes the sum of squares by less than 16 (2u + u^2) = 1/8
    expect(Math.round(trace)).toBe(16);
  });
});

describe('runs in bfloat16', () => {
  const rows = (entry: fc.Arbitrary<number>): fc.Arbitrary<Rows> =>
    fc.array(fc.array(entry, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 2 });
  const dyadic = fc.integer({ min: -(2 ** 20), max: 2 ** 20 }).map((k) => k / 2 ** 18);
  const CASES: readonly (readonly [string, OptimiserOperation, object])[] = [
    ['sgd-momentum', sgdMomentumOperation, { nesterov: true }],
    ['adamw', adamwOperation, { beta1: 0.5, beta2: 0.75, epsilon: 0.5, weightDecay: 0.1 }],
    ['muon', muonOperation, { steps: 1, coefficients: [[1.5, -0.5, 0]], epsilon: 0.5 }],
  ];

  it.each(CASES)('%s: lie in what the format admits', (_, operation, hyperparameters) => {
    const given = operation.complete({ learningRate: 0.1, ...hyperparameters });
    let decided = 0;
    fc.assert(
      fc.property(rows(dyadic), fc.array(rows(dyadic), { minLength: 1, maxLength: 4 }), (start, gradients) => {
        let admitted = operation.start(enclosedNumbers('bfloat16'), [start], given);
        let run = operation.start(BFLOATS, [start], given);
        for (const gradient of gradients) {
          [admitted, run] = [admitted.step([gradient]).run, run.step([gradient]).run];
          for (const [k, x] of (run.parameters[0]?.data ?? []).entries()) {
            const interval = admitted.parameters[0]?.data[k] ?? { lo: 0, hi: 0 };
            expect(contains(interval, x)).toBe(true);
            if (interval.hi - interval.lo < 1) decided += 1;
          }
        }
      }),
      { numRuns: 60, seed: 5 },
    );
    expect(decided).toBeGreaterThan(100);
  });
});
