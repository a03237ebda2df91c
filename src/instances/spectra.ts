import fc, { type Arbitrary } from 'fast-check';
import { Rational } from '../kernels/exact/rational.ts';
import {
  identityOf,
  matricesEqual,
  matrixToStrings,
  productOf,
  type RationalMatrix,
  rationalMatrix,
  transposed,
} from '../kernels/exact/rational-matrix.ts';

type Fractions = readonly (readonly string[])[];

/** The matrix left · diag(spectrum) · right^T with its exactly known singular values and vectors; orthonormal columns. */
export interface Factored {
  readonly left: Fractions;
  /** min(rows, columns) singular values >= 0, in any order. */
  readonly spectrum: readonly string[];
  readonly right: Fractions;
}

/** Legs and hypotenuse: cosines and sines that are rational. */
const PYTHAGOREAN = [
  [3, 4, 5],
  [5, 12, 13],
  [-4, 3, 5],
  [8, 15, 17],
  [0, 1, 1],
] as const;

const SHAPES = [
  [1, 1],
  [2, 2],
  [1, 3],
  [3, 2],
  [2, 3],
  [3, 1],
  [3, 3],
] as const;

/** The matrix itself, in fractions. */
export function matrixOf({ left, spectrum, right }: Factored): Fractions {
  const values = spectrum.map((s) => Rational.from(s));
  const scaled = rationalMatrix(left).map((row) => row.map((x, j) => x.times(values[j] ?? Rational.ZERO)));
  return matrixToStrings(productOf(scaled, transposed(rationalMatrix(right))));
}

/** Both factors have orthonormal columns, one a singular value, and no singular value is negative. */
export function isFactored({ left, spectrum, right }: Factored): boolean {
  const isOrthonormal = (rows: Fractions): boolean => {
    const Q = rationalMatrix(rows);
    return matricesEqual(productOf(transposed(Q), Q), identityOf(spectrum.length));
  };
  return isOrthonormal(left) && isOrthonormal(right) && spectrum.every((s) => Rational.from(s).sign() >= 0);
}

/** The 1×1 matrix x. */
export const scalar = (x: string): Factored => ({ left: [['1']], spectrum: [x], right: [['1']] });

/** diag(spectrum), turned by the rotation with cosine 3/5 on the left and 5/13 on the right in the first two coordinates. */
export const turned = (spectrum: readonly string[]): Factored => ({
  left: matrixToStrings(rotated(spectrum.length, 0, 1, PYTHAGOREAN[0])),
  spectrum,
  right: matrixToStrings(rotated(spectrum.length, 0, 1, PYTHAGOREAN[1])),
});

function rotated(size: number, i: number, j: number, [p, q, r]: (typeof PYTHAGOREAN)[number]): RationalMatrix {
  const [cosine, sine] = [Rational.of(p, r), Rational.of(q, r)];
  return identityOf(size).map((row, k) =>
    row.map((x, l) => {
      if (size < 2 || (k !== i && k !== j)) return x;
      if (k === l) return cosine;
      if (l !== i && l !== j) return x;
      return k === i ? sine.negated() : sine;
    }),
  );
}

/** The leading columns of a product of at most two Givens rotations: at most 3 × 3. */
const orthonormal = (rows: number, columns: number): Arbitrary<Fractions> =>
  fc
    .array(fc.tuple(fc.constantFrom([0, 1], [1, 2], [0, 2]), fc.constantFrom(...PYTHAGOREAN)), { maxLength: 2 })
    .map((rotations) =>
      rotations
        .filter(([[, j = 0]]) => j < rows)
        .reduce((Q, [[i = 0, j = 0], triple]) => productOf(Q, rotated(rows, i, j, triple)), identityOf(rows)),
    )
    .map((Q) => matrixToStrings(Q.map((row) => row.slice(0, columns))));

/** Matrices of up to 3 × 3, wide, tall and 1 × 1, with at least `least` singular values, from `spectrum(how many)`. */
export const factored = (spectrum: (count: number) => Arbitrary<readonly string[]>, least = 1): Arbitrary<Factored> =>
  fc.constantFrom(...SHAPES.filter((shape) => Math.min(...shape) >= least)).chain(([rows, columns]) => {
    const count = Math.min(rows, columns);
    return fc.record({
      left: orthonormal(rows, count),
      spectrum: spectrum(count),
      right: orthonormal(columns, count),
    });
  });

/** `count` independent values. */
export const spread =
  (value: Arbitrary<string>) =>
  (count: number): Arbitrary<readonly string[]> =>
    fc.array(value, { minLength: count, maxLength: count });

/** Zero, rank deficient and repeated spectra: every value is 0 or the same x. */
export const degenerate =
  (value: Arbitrary<string>) =>
  (count: number): Arbitrary<readonly string[]> =>
    fc
      .tuple(value, fc.integer({ min: 0, max: count }))
      .map(([x, rank]) => Array.from({ length: count }, (_, i) => (i < rank ? x : '0')));

/** Geometrically decaying from `largest`: each value is a 2^-bits part of the one before. */
export const graded =
  (largest: Arbitrary<string>, bits: number) =>
  (count: number): Arbitrary<readonly string[]> =>
    largest.map((x) =>
      Array.from({ length: count }, (_, i) =>
        Rational.from(x)
          .dividedBy(Rational.of(2 ** (bits * i)))
          .toString(),
      ),
    );

/** k / denominator with least <= k / denominator <= most. */
export const gridded = (least: number, most: number, denominator: number): Arbitrary<string> =>
  fc
    .integer({ min: Math.ceil(least * denominator), max: Math.floor(most * denominator) })
    .map((k) => Rational.of(k, denominator).toString());
