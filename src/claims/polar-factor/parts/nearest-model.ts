import fc from 'fast-check';
import { type Factored, matrixOf } from '../../../instances/spectra.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import {
  identityOf,
  matricesEqual,
  matrixDifference,
  productOf,
  rationalMatrix,
  transposed,
} from '../../../kernels/exact/rational-matrix.ts';
import { type Answered, squaredNorm, squaredNormWithin } from './answered.ts';
import { completeFactor, type Reflection, rankOf, reflected, spectrumOf } from './matrices.ts';

export interface Instance {
  readonly matrix: Factored;
  /** The competitor is U V^T reflected on the longer side. */
  readonly reflections: readonly Reflection[];
}

const { ONE } = Rational;
export const given = ({ matrix }: Instance) => rationalMatrix(matrixOf(matrix));
export const competitor = ({ matrix, reflections }: Instance) => reflected(completeFactor(matrix), reflections);
export const competing = (instance: Instance) => squaredNorm(matrixDifference(competitor(instance), given(instance)));

export const sumOf = (matrix: Factored, f: (s: Rational) => Rational) => Rational.sum(spectrumOf(matrix).map(f));
/** The sum of (sigma_i - 1)² over all min(rows, columns) of them. */
export const least = ({ matrix }: Instance) => sumOf(matrix, (s) => s.minus(ONE).power(2));
export const size = ({ matrix }: Instance) => Rational.of(matrix.spectrum.length);
export const lacking = ({ matrix }: Instance) => Rational.of(matrix.spectrum.length - rankOf(matrix));

/** The least of some numbers >= 0; 0 of none. */
export const smallest = ([first = Rational.ZERO, ...others]: readonly Rational[]) => Rational.min(first, ...others);

/** sum (sigma_i - 1)² + slope ||O - U V^T||_F². */
export const grown = (instance: Instance, slope: Rational) =>
  least(instance).plus(
    slope.times(squaredNorm(matrixDifference(competitor(instance), completeFactor(instance.matrix)))),
  );

export const distance = (instance: Instance, { matrix, radius }: Answered) =>
  squaredNormWithin(matrixDifference(matrix, given(instance)), radius);

export const isSemiOrthogonal = (instance: Instance): boolean => {
  const O = competitor(instance);
  const tall = O.length >= (O[0]?.length ?? 0) ? O : transposed(O);
  return matricesEqual(productOf(transposed(tall), tall), identityOf(tall[0]?.length ?? 0));
};

export const of = (matrix: fc.Arbitrary<Factored>, reflections: fc.Arbitrary<readonly Reflection[]>) =>
  fc.record({ matrix, reflections });

/** Reflections orthogonal to the range leave the competitor where U V^T is: equality, which `near` is for. */
export const isMoved = (instance: Instance): boolean =>
  !matricesEqual(competitor(instance), completeFactor(instance.matrix));

export const diagonal = (spectrum: readonly string[]): Factored => ({
  left: [
    ['1', '0'],
    ['0', '1'],
  ],
  spectrum,
  right: [
    ['1', '0'],
    ['0', '1'],
  ],
});

/** diag(1, 1) with the last sign flipped. */
export const FLIPPED: readonly Reflection[] = [[0, 1]];
