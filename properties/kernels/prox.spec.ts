import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownStep } from '../../src/instances/broximal/known-step.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { differenceOf, entryOf, multipleOf, vectorFrom } from '../../src/kernels/exact/rational-vector.ts';
import { exactProx } from '../../src/methods/brox/exact-prox.ts';
import { Declined } from '../../src/operations/operation.ts';
import { proxOperation } from '../../src/operations/prox.ts';
import {
  type ConvexFunction,
  convertFunction,
  rationalFunction,
} from '../../src/problems/functions/convex-function.ts';
import { exactValue } from '../../src/problems/functions/exact-value.ts';
import { isSubgradient } from '../../src/problems/functions/is-subgradient.ts';

const EXACT = ['quadratic', 'weighted-l1', 'max-norm', 'max-affine', 'huber', 'absolute'] as const;
const FRACTIONS = ['1/7', '1', '5/2', '40'];

const stepsOf = (kind: ConvexFunction<unknown>['kind']) =>
  fc.tuple(
    kind === 'absolute' ? knownStep(kind, 1) : fc.integer({ min: 1, max: 4 }).chain((n) => knownStep(kind, n)),
    fc.constantFrom(...FRACTIONS),
  );

describe.each(EXACT)('prox of %s', (kind) => {
  it('satisfies the optimality condition exactly: (x - u) / gamma is a subgradient at u', () => {
    fc.assert(
      fc.property(stepsOf(kind), ([{ function: f, point }, parameter]) => {
        const found = proxOperation.exact?.({ function: f, point, parameter });
        if (found === undefined || found instanceof Declined) throw new Error('an exact proximal point, got none');
        const [x, u] = [vectorFrom(point), vectorFrom(found.point)];
        const g = multipleOf(Rational.ONE.dividedBy(Rational.from(parameter)), differenceOf(x, u));
        expect(isSubgradient(rationalFunction(f), u, g)).toBe(true);
      }),
      { seed: 21, numRuns: 60 },
    );
  });

  it('in doubles is within its error bound of the exact point, a small one as a rule', () => {
    const bounds: number[] = [];
    fc.assert(
      fc.property(stepsOf(kind), ([known, parameter]) => {
        const input = {
          function: convertFunction(known.function, (v) => Rational.from(v).toNumber()),
          point: known.point.map((v) => Rational.from(v).toNumber()),
          parameter: Rational.from(parameter).toNumber(),
        };
        const output = proxOperation.reference(input);
        const bound = proxOperation.errorBound(input, 'float64') ?? Number.NaN;
        // rounding may have made the matrix slightly indefinite, which the exact operation would refuse
        const f = rationalFunction(input.function);
        const exact = exactProx(f, vectorFrom(input.point), Rational.from(input.parameter)) ?? [];
        const wantedAll = [...exact, exactValue(f, exact) ?? Rational.ZERO];
        for (const [i, v] of [...output.point, output.value].entries()) {
          const wanted = entryOf(wantedAll, i);
          expect(wanted.minus(Rational.from(v)).absolute().toNumber()).toBeLessThanOrEqual(bound);
        }
        bounds.push(bound);
      }),
      { seed: 22, numRuns: kind === 'max-affine' ? 20 : 40 },
    );
    bounds.sort((a, b) => a - b);
    expect(bounds[Math.floor(bounds.length / 2)]).toBeLessThan(1e-9);
  });
});

describe('prox of residual-norm', () => {
  const f: ConvexFunction<number> = {
    kind: 'residual-norm',
    matrix: [
      [3, 0],
      [0, 4],
    ],
    vector: [3, 4],
  };

  it('moves by gamma A^T r / |r|, within its bound', () => {
    for (const parameter of [1e-3, 0.05, 0.2]) {
      const input = { function: f, point: [3, -2], parameter };
      const { point, value } = proxOperation.reference(input);
      const [a = 0, b = 0] = point;
      const residual = [3 * a - 3, 4 * b - 4];
      const norm = Math.hypot(...residual);
      const wanted = [
        3 - (parameter * 3 * (residual[0] ?? 0)) / norm,
        -2 - (parameter * 4 * (residual[1] ?? 0)) / norm,
      ];
      const bound = proxOperation.errorBound(input, 'float64') ?? Number.NaN;
      expect(bound).toBeLessThan(1e-9);
      expect(Math.abs(value - norm)).toBeLessThanOrEqual(bound);
      // the fixed-point residual is at most (1 + gamma |A|² / |r|) times the error
      const amplified = bound * (1 + (parameter * 16) / norm);
      expect(Math.hypot(a - (wanted[0] ?? 0), b - (wanted[1] ?? 0))).toBeLessThanOrEqual(amplified);
    }
  });

  it('rests on a zero of the residual where the step is long enough', () => {
    const { point } = proxOperation.reference({ function: f, point: [3, -2], parameter: 50 });
    expect(point[0]).toBeCloseTo(1, 10);
    expect(point[1]).toBeCloseTo(1, 10);
  });

  it('is declined over the rationals', () => {
    expect(proxOperation.exact?.({ function: f, point: [3, -2], parameter: 1 })).toBeInstanceOf(Declined);
  });
});
