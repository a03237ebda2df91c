import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOAT32, FLOAT64 } from '../../src/kernels/matrix/arithmetic.ts';
import { QUINTIC_STABLE } from '../../src/kernels/matrix/coefficient-sets.ts';
import { dampedRoot } from '../../src/kernels/matrix/damped-root.ts';
import { frobeniusNorm } from '../../src/kernels/matrix/euclidean-norm.ts';
import { fromRows, type Matrix, map, maxAbsolute, subtract, transpose } from '../../src/kernels/matrix/matrix.ts';
import { multiply } from '../../src/kernels/matrix/multiply.ts';
import { newtonSchulz } from '../../src/kernels/matrix/newton-schulz.ts';
import { polarFactor } from '../../src/kernels/matrix/polar.ts';
import { spectralFunction } from '../../src/kernels/matrix/spectral-function.ts';
import { gridOf, rowsOf } from '../../src/kernels/numbers/grid.ts';
import type { Grid, MatrixFunction, Numbers } from '../../src/kernels/numbers/numbers.ts';
import { DOUBLES } from '../../src/kernels/numbers/rounded-numbers.ts';
import { asgoRule } from '../../src/mistakes/parts/asgo-rule.ts';
import { assembled } from '../../src/mistakes/parts/assembly.ts';
import { completedPolar } from '../../src/mistakes/parts/completed-polar.ts';
import { distortedIteration } from '../../src/mistakes/parts/distorted-iteration.ts';
import { divided, INITIAL_SIZES } from '../../src/mistakes/parts/initial-size.ts';
import { MOMENTUM_FORMS } from '../../src/mistakes/parts/momentum-forms.ts';
import { decayAndMove } from '../../src/mistakes/parts/moves.ts';
import { muonRule } from '../../src/mistakes/parts/muon-rule.ts';
import { newtonSchulzFrom } from '../../src/mistakes/parts/newton-schulz-from.ts';
import { ORTHOGONAL_SGDM } from '../../src/mistakes/parts/orthogonal-rule.ts';
import { shampooRule } from '../../src/mistakes/parts/shampoo-rule.ts';
import { UNSHAPED } from '../../src/mistakes/parts/unshaped.ts';
import { byMethod } from '../../src/mistakes/variants.ts';
import { asgoOperation } from '../../src/operations/asgo.ts';
import { muonOperation } from '../../src/operations/muon.ts';
import type { OptimiserOperation } from '../../src/operations/optimiser.ts';
import { orthogonalSgdmOperation } from '../../src/operations/orthogonal-sgdm.ts';
import { shampooOperation } from '../../src/operations/shampoo.ts';

/** Matrices of eighths, |x| <= 4: numbers of every format. */
const eighths = (rows: number, columns: number): fc.Arbitrary<Matrix> =>
  fc
    .array(fc.integer({ min: -32, max: 32 }), { minLength: rows * columns, maxLength: rows * columns })
    .map((data) => ({ rows, columns, data: Float64Array.from(data, (k) => k / 8) }));

const anyShape = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) => eighths(rows, columns));

const SIZES: Readonly<Record<string, MatrixFunction>> = {
  definition: newtonSchulzFrom(INITIAL_SIZES.definition(0.25), QUINTIC_STABLE, 3),
  spectral: newtonSchulzFrom(INITIAL_SIZES.spectral(0.25), QUINTIC_STABLE, 3),
  clamped: newtonSchulzFrom(INITIAL_SIZES.clamped(2), QUINTIC_STABLE, 3),
  'under the root': newtonSchulzFrom(INITIAL_SIZES.underRoot(0.25), QUINTIC_STABLE, 3),
  enlarged: newtonSchulzFrom(INITIAL_SIZES.enlarged(1.01, 0.25), QUINTIC_STABLE, 3),
  'gram of columns': distortedIteration('gram-of-columns', INITIAL_SIZES.definition(0.25), QUINTIC_STABLE, 2),
  'entrywise square': distortedIteration('entrywise-square', INITIAL_SIZES.definition(0.25), QUINTIC_STABLE, 2),
  'null space, determinant 1': completedPolar(1),
  'null space, determinant -1': completedPolar(-1),
};

describe('error bounds', () => {
  it.each(Object.entries(SIZES))('%s: singles at a perturbed matrix stay within the bound, which decides', (_, f) => {
    let decided = 0;
    const perturbed = anyShape.chain((A) => fc.tuple(fc.constant(A), eighths(A.rows, A.columns)));
    fc.assert(
      fc.property(perturbed, fc.constantFrom(0, 2 ** -20, 2 ** -12), (pair, size) => {
        const [A, D] = pair;
        const moved = { ...A, data: A.data.map((x, i) => x + size * (D.data[i] ?? 0)) };
        const radius = frobeniusNorm(subtract(moved, A));
        const bound = f.errorBound(A, radius, 'float32') + f.errorBound(A, 0, 'float64');
        if (bound < 2 ** -6) decided += 1;
        expect(maxAbsolute(subtract(f.compute(moved, FLOAT32), f.compute(A, FLOAT64)))).toBeLessThanOrEqual(bound);
      }),
      { numRuns: 150, seed: 7 },
    );
    expect(decided).toBeGreaterThan(40);
  });

  it('damped roots: a perturbation that keeps the range moves them by no more than their variation', () => {
    const factors = fc.integer({ min: 1, max: 3 }).chain((n) => fc.tuple(eighths(n, n), eighths(n, n)));
    const shapes = fc.record({
      root: fc.constantFrom(...([1, 2, 4] as const)),
      power: fc.constantFrom(...([1, 0.5] as const)),
    });
    const sizes = fc.constantFrom(2 ** -14, 2 ** -6);
    let decided = 0;
    fc.assert(
      fc.property(factors, shapes, fc.constantFrom(0, 0.5), sizes, ([G, D], shape, epsilon, size) => {
        const f = spectralFunction(dampedRoot(shape, epsilon, G.rows, G.columns));
        // G (I + size D D^T) G^T has the range of G G^T
        const [V, GD] = [multiply(G, transpose(G)), multiply(G, D)];
        const W = multiply(GD, transpose(GD));
        const other = { ...V, data: V.data.map((x, i) => x + size * (W.data[i] ?? 0)) };
        const bound = f.errorBound(V, frobeniusNorm(subtract(other, V)), 'float64') + f.errorBound(other, 0, 'float64');
        if (bound < 0.1) decided += 1;
        expect(maxAbsolute(subtract(f.compute(other, FLOAT64), f.compute(V, FLOAT64)))).toBeLessThanOrEqual(bound);
      }),
      { numRuns: 300, seed: 9 },
    );
    expect(decided).toBeGreaterThan(60);
  });
});

describe('functions in place of Newton–Schulz', () => {
  it('divide by what they say', () => {
    const A = fromRows([
      [3, 0],
      [0, 4],
    ]);
    const size = (f: { value(A: Matrix, arithmetic: typeof FLOAT64): number }): number => f.value(A, FLOAT64);
    expect(size(INITIAL_SIZES.definition(2))).toBe(7);
    expect(size(INITIAL_SIZES.spectral(2))).toBe(6);
    expect([size(INITIAL_SIZES.clamped(2)), size(INITIAL_SIZES.clamped(8))]).toEqual([5, 8]);
    expect(size(INITIAL_SIZES.underRoot(11))).toBe(6);
    expect(size(INITIAL_SIZES.enlarged(1.5, 2))).toBe(9.5);
    expect(size(INITIAL_SIZES.none())).toBe(1);
    expect(
      divided(
        map(A, () => 0),
        INITIAL_SIZES.definition(0),
        FLOAT64,
      ).data.every((x) => x === 0),
    ).toBe(true);
  });

  it('distorted iterations are Newton–Schulz where the distortion does not show', () => {
    const diagonal = fromRows([
      [3, 0],
      [0, 4],
    ]);
    const size = INITIAL_SIZES.definition(1);
    const wanted = newtonSchulz(divided(diagonal, size, FLOAT64), QUINTIC_STABLE, 2);
    const skew = fromRows([
      [2, 1],
      [0, 1],
    ]);
    for (const distortion of ['gram-of-columns', 'entrywise-square'] as const) {
      const f = distortedIteration(distortion, size, QUINTIC_STABLE, 2);
      expect(f.compute(diagonal, FLOAT64)).toEqual(wanted);
      const right = newtonSchulz(divided(skew, size, FLOAT64), QUINTIC_STABLE, 2);
      expect(f.compute(skew, FLOAT64)).not.toEqual(right);
    }
  });

  it('complete a null space of one dimension to the two orthogonal matrices, and no other', () => {
    const A = fromRows([
      [3, 0],
      [4, 0],
    ]);
    const rounded = (f: MatrixFunction, B: Matrix) =>
      Array.from(f.compute(B, FLOAT64).data, (x) => Math.round(x * 1e12) / 1e12);
    expect(rounded(completedPolar(1), A)).toEqual([0.6, -0.8, 0.8, 0.6]);
    expect(rounded(completedPolar(-1), A)).toEqual([0.6, 0.8, 0.8, -0.6]);
    const wide = fromRows([[3, 4]]);
    expect(completedPolar(1).compute(wide, FLOAT64)).toEqual(polarFactor(wide));
  });
});

type Rows = number[][];

/** A momentum in place, on arrays: what the line of code that is named does to its buffer. */
const IN_PLACE: Readonly<
  Record<'overwritesBuffer' | 'aliasesFirst' | 'keepsGradient', (mu: number) => (g: Rows) => Rows>
> = {
  overwritesBuffer: (mu) => {
    let buffer: Rows | undefined;
    return (gradient) => {
      const b = buffer ?? gradient.map((row) => row.map(() => 0));
      buffer = b;
      timesPlus(b, mu, gradient);
      timesPlus(b, mu, gradient);
      return copied(b);
    };
  },
  aliasesFirst: (mu) => {
    let buffer: Rows | undefined;
    return (gradient) => {
      const b = buffer ?? gradient;
      if (buffer !== undefined) timesPlus(b, mu, gradient);
      buffer = b;
      // gradient.add_(buffer, alpha=mu), which at first is the buffer itself
      for (const [i, row] of gradient.entries()) for (const [j, g] of row.entries()) row[j] = g + mu * (b[i]?.[j] ?? 0);
      return copied(gradient);
    };
  },
  keepsGradient: (mu) => {
    let memory: Rows | undefined;
    return (fresh) => {
      if (memory === undefined) {
        memory = copied(fresh);
        return copied(memory);
      }
      for (const [i, row] of memory.entries()) for (const j of row.keys()) row[j] = fresh[i]?.[j] ?? 0;
      // the buffer and the gradient are one memory
      timesPlus(memory, mu, memory);
      return copied(memory);
    };
  },
};

/** buffer.mul_(mu), then buffer.add_(gradient). */
function timesPlus(buffer: Rows, mu: number, gradient: Rows): void {
  for (const row of buffer) for (const [j, b] of row.entries()) row[j] = mu * b;
  for (const [i, row] of buffer.entries()) for (const [j, b] of row.entries()) row[j] = b + (gradient[i]?.[j] ?? 0);
}

const copied = (rows: Rows): Rows => rows.map((row) => [...row]);

describe('momentum', () => {
  const gradients = [[[4, -1]], [[-8, 2]], [[16, 3]]];

  it.each(Object.entries(IN_PLACE))('%s is what happens in place', (name, make) => {
    const step = make(0.75);
    const wanted = gradients.map((gradient) => step(copied(gradient)));
    const form = MOMENTUM_FORMS[name as keyof typeof IN_PLACE];
    let buffer: Grid<number> = gridOf([[0, 0]]);
    const got = gradients.map((gradient, steps) => {
      const settings = { momentum: 0.75, nesterov: name !== 'keepsGradient', steps };
      const after = form(DOUBLES as Numbers<number>, settings, buffer, gridOf(gradient));
      buffer = after.buffer;
      return rowsOf(after.followed);
    });
    expect(got).toEqual(wanted);
  });
});

const RULES: readonly (readonly [OptimiserOperation, OptimiserOperation['start'], object])[] = [
  [
    muonOperation,
    byMethod(muonOperation, assembled({ ...UNSHAPED, direct: muonRule(), move: decayAndMove })),
    { weightDecay: 0.25 },
  ],
  [orthogonalSgdmOperation, byMethod(orthogonalSgdmOperation, assembled(ORTHOGONAL_SGDM)), {}],
  [shampooOperation, byMethod(shampooOperation, shampooRule()), { epsilon: 0.5 }],
  [asgoOperation, byMethod(asgoOperation, asgoRule()), { epsilon: 0.5, side: 'right' }],
  [asgoOperation, byMethod(asgoOperation, asgoRule()), {}],
];

it.each(RULES.map((rule) => [rule[0].id, ...rule] as const))(
  '%s in pieces is the definition bit for bit while none is exchanged',
  (_, operation, start, hyperparameters) => {
    const parameters = [[[1, -2, 3]], [[2], [1]]];
    const gradients = [
      [[[3, 1, -1]], [[2], [-5]]],
      [[[0.5, 1, 7]], [[1], [4]]],
    ];
    const given = { learningRate: 0.3, ...hyperparameters };
    const wanted = operation.reference({ parameters, hyperparameters: given, gradients }).trajectory;
    let run = start(DOUBLES, parameters, given);
    const got = gradients.map((gradient) => {
      run = run.step(gradient).run;
      return run.parameters.map(rowsOf);
    });
    expect(got).toEqual(wanted);
  },
);
