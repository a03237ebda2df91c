import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownStep } from '../../src/instances/broximal/known-step.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { vectorFrom } from '../../src/kernels/exact/rational-vector.ts';
import { exactBrox } from '../../src/methods/brox/exact-brox.ts';
import { rationalFunction } from '../../src/problems/functions/convex-function.ts';

const KINDS = ['quadratic', 'residual-norm', 'weighted-l1', 'max-norm', 'max-affine', 'huber', 'absolute'] as const;

describe.each(KINDS)('exact brox of %s', (kind) => {
  it('finds the minimiser that the optimality condition fixes', () => {
    const step =
      kind === 'absolute' ? knownStep(kind, 1) : fc.integer({ min: 1, max: 4 }).chain((n) => knownStep(kind, n));
    fc.assert(
      fc.property(step, ({ function: f, point, radius, minimiser }) => {
        const found = exactBrox(rationalFunction(f), vectorFrom(point), Rational.from(radius));
        expect(found?.point.map(String)).toEqual(minimiser);
        expect(found?.isOptimal).toBe(false);
      }),
      { seed: 2, numRuns: 100 },
    );
  });
});
