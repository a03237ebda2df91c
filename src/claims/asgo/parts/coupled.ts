import { Rational } from '../../../kernels/exact/rational.ts';
import {
  identityOf,
  matrixSum,
  productOf,
  type RationalMatrix,
  scaledMatrix,
} from '../../../kernels/exact/rational-matrix.ts';

export type Triple = readonly [Rational, Rational, Rational];

const triple = (...values: readonly [string, string, string]): Triple => [
  Rational.from(values[0]),
  Rational.from(values[1]),
  Rational.from(values[2]),
];

/** (3x - x³)/2, (15x - 10x³ + 3x⁵)/8, and the coefficients of Muon. */
export const MAPS = {
  cubic: triple('3/2', '-1/2', '0'),
  quintic: triple('15/8', '-5/4', '3/8'),
  muon: triple('6889/2000', '-191/40', '4063/2000'),
} as const;

export interface Coupled {
  readonly upper: RationalMatrix;
  readonly lower: RationalMatrix;
}

/** a I + b M + c M². */
function polynomialOf(M: RationalMatrix, [a, b, c]: Triple): RationalMatrix {
  const linear = matrixSum(scaledMatrix(a, identityOf(M.length)), scaledMatrix(b, M));
  return c.sign() === 0 ? linear : matrixSum(linear, scaledMatrix(c, productOf(M, M)));
}

/** Y <- Y H, Z <- H Z with H = a I + b ZY + c (ZY)², exactly. */
export function coupled(A: RationalMatrix, B: RationalMatrix, map: Triple, steps: number): Coupled {
  let iterate: Coupled = { upper: A, lower: B };
  for (let k = 0; k < steps; k += 1) {
    const H = polynomialOf(productOf(iterate.lower, iterate.upper), map);
    iterate = { upper: productOf(iterate.upper, H), lower: productOf(H, iterate.lower) };
  }
  return iterate;
}

/** The same with Z <- Z H. */
export function wronglyOrdered(A: RationalMatrix, B: RationalMatrix, map: Triple, steps: number): Coupled {
  let iterate: Coupled = { upper: A, lower: B };
  for (let k = 0; k < steps; k += 1) {
    const H = polynomialOf(productOf(iterate.lower, iterate.upper), map);
    iterate = { upper: productOf(iterate.upper, H), lower: productOf(iterate.lower, H) };
  }
  return iterate;
}

/** [[0, upper], [lower, 0]]. */
export function dilated({ upper, lower }: Coupled): RationalMatrix {
  const zeros = upper.map(() => Rational.ZERO);
  return [...upper.map((row) => [...zeros, ...row]), ...lower.map((row) => [...row, ...zeros])];
}

/** X <- X (a I + b X² + c X⁴), exactly. */
export function signIterate(X: RationalMatrix, map: Triple, steps: number): RationalMatrix {
  let iterate = X;
  for (let k = 0; k < steps; k += 1) {
    iterate = productOf(iterate, polynomialOf(productOf(iterate, iterate), map));
  }
  return iterate;
}

/** p^steps(x). */
export function scalarIterate(x: Rational, [a, b, c]: Triple, steps: number): Rational {
  let value = x;
  for (let k = 0; k < steps; k += 1) {
    const y = value.times(value);
    value = value.times(a.plus(y.times(b.plus(y.times(c)))));
  }
  return value;
}
