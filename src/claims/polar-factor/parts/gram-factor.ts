import type { Factored } from '../../../instances/spectra.ts';
import { matrixOf } from '../../../instances/spectra.ts';
import {
  absolute,
  around,
  type Interval,
  multiply,
  squareRoot,
  subtract,
  sum,
} from '../../../kernels/exact/interval.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { productOf, type RationalMatrix, rationalMatrix, transposed } from '../../../kernels/exact/rational-matrix.ts';
import { type Answered, normWithin } from './answered.ts';
import { spectrumOf } from './matrices.ts';

const isTall = ({ left, right }: Factored): boolean => left.length > right.length;

/** G G^T, or G^T G for a tall G. */
export function gramOf(matrix: Factored): RationalMatrix {
  const G = rationalMatrix(matrixOf(matrix));
  return isTall(matrix) ? productOf(transposed(G), G) : productOf(G, transposed(G));
}

/** W G, or G W for a tall G, with the root W of its Gram matrix: off by at most ||G||_F times what W is off by. */
export function gramFactor(matrix: Factored, W: Answered): Answered {
  const G = rationalMatrix(matrixOf(matrix));
  return {
    matrix: isTall(matrix) ? productOf(G, W.matrix) : productOf(W.matrix, G),
    radius: W.radius === 0 ? 0 : multiply(normWithin(G, 0), around(W.radius)).hi,
  };
}

/** s² / (s² + damping); 0 for 0. */
const shrunkSquare = (s: Rational, damping: string): Rational =>
  s.sign() === 0 ? s : s.times(s).dividedBy(s.times(s).plus(Rational.from(damping)));

/** sum_i s_i² / (s_i² + damping). */
export const dampedSquares = (matrix: Factored, damping: string): Rational =>
  Rational.sum(spectrumOf(matrix).map((s) => shrunkSquare(s, damping)));

/** sum_i |(U^T X V)_ii - s_i / sqrt(s_i² + damping)|. */
export function dampedDeviation(matrix: Factored, damping: string, X: Answered): Interval {
  const { left, right } = matrix;
  const diagonal = productOf(productOf(transposed(rationalMatrix(left)), X.matrix), rationalMatrix(right));
  return sum(
    spectrumOf(matrix).map((s, i) => {
      const wanted = s.sign() === 0 ? around(0) : squareRoot(around(shrunkSquare(s, damping)));
      return absolute(subtract(around(diagonal[i]?.[i] ?? Rational.ZERO, X.radius), wanted));
    }),
  );
}
