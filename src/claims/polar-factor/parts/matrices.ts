import fc from 'fast-check';
import type { Factored } from '../../../instances/spectra.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import {
  identityOf,
  productOf,
  type RationalMatrix,
  rationalMatrix,
  transposed,
} from '../../../kernels/exact/rational-matrix.ts';

export const spectrumOf = ({ spectrum }: Factored): readonly Rational[] => spectrum.map((s) => Rational.from(s));

export const rankOf = (matrix: Factored): number => spectrumOf(matrix).filter((s) => s.sign() > 0).length;

/** left diag(values) right^T. */
export const composed = ({ left, right }: Factored, values: readonly Rational[]): RationalMatrix =>
  productOf(
    rationalMatrix(left).map((row) => row.map((x, j) => x.times(values[j] ?? Rational.ZERO))),
    transposed(rationalMatrix(right)),
  );

/** U V^T over all min(rows, columns) singular triples: semi-orthogonal. */
export const completeFactor = (matrix: Factored): RationalMatrix =>
  composed(
    matrix,
    matrix.spectrum.map(() => Rational.ONE),
  );

/** U_r V_r^T over the positive singular values. */
export const compactFactor = (matrix: Factored): RationalMatrix =>
  composed(
    matrix,
    spectrumOf(matrix).map((s) => Rational.of(s.sign())),
  );

/** An integer vector, read to any length: what lacks is 0. */
export type Reflection = readonly number[];

/** I - 2 v v^T / v^T v, a rational reflection; I for v = 0. */
function reflection(v: Reflection, size: number): RationalMatrix {
  const x = Array.from({ length: size }, (_, i) => Rational.of(v[i] ?? 0));
  const norm = Rational.sum(x.map((a) => a.times(a)));
  if (norm.sign() === 0) return identityOf(size);
  const factor = Rational.of(2).dividedBy(norm);
  return identityOf(size).map((row, i) =>
    row.map((e, j) => e.minus(factor.times((x[i] ?? Rational.ZERO).times(x[j] ?? Rational.ZERO)))),
  );
}

/** X reflected on its longer side. */
export const reflected = (X: RationalMatrix, vectors: readonly Reflection[]): RationalMatrix => {
  const [m, n] = [X.length, X[0]?.length ?? 0];
  return vectors.reduce((Y, v) => (m >= n ? productOf(reflection(v, m), Y) : productOf(Y, reflection(v, n))), X);
};

/** An odd number of reflections, none in a coordinate plane. */
export const someReflections: fc.Arbitrary<readonly Reflection[]> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 3 }),
    fc.array(
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }).map((v) => [v, [...v].reverse()]),
      { maxLength: 1 },
    ),
  )
  .map(([first, pairs]) => [first, ...pairs.flat()]);

/** Two reflections that nearly undo each other: a turn by some 2/k. */
export const slightTurn: fc.Arbitrary<readonly Reflection[]> = fc
  .tuple(fc.integer({ min: 100, max: 1000 }), fc.integer({ min: -1, max: 1 }), fc.integer({ min: -1, max: 1 }))
  .map(([k, x, y]) => [
    [k, x, y],
    [k, 0, 0],
  ]);
