import { type Arithmetic, FLOAT64 } from './arithmetic.ts';
import { type Coefficients, coefficientsAt, type Schedule } from './coefficient-sets.ts';
import { entrywise, type Matrix, map } from './matrix.ts';

/** The two blocks of the iterate [[0, upper], [lower, 0]]. */
export interface CoupledIterate {
  readonly upper: Matrix;
  readonly lower: Matrix;
}

/**
 * `steps` times M = Z Y, H = a I + b M + c M², Y <- Y H, Z <- H Z from Y = A, Z = B: the iteration X <- a X + b X³ + c X⁵ for the
 * matrix sign on [[0, A], [B, 0]] at the cost of its blocks (Higham, Functions of Matrices, theorems 5.2 and 6.9).
 *
 * Where BA has no eigenvalue on the closed negative axis and the square roots of its eigenvalues lie in the basin of 1, Y tends to
 * C = A (BA)^(-1/2) and Z to its inverse: from A = V positive definite and B = I to V^(1/2) and V^(-1/2). A is n × n and B too.
 * H stands beside Y and Z where M = Z Y has it: [[0, Y], [Z, 0]]² = diag(YZ, ZY) and Z h(YZ) = h(ZY) Z. With Z <- Z H instead, the same
 * for A and B that commute, rounding grows without bound.
 * @throws TypeError unless both are square of one size; RangeError unless steps is an integer >= 0, and where an iterate overflows.
 */
export function coupledNewtonSchulz(
  A: Matrix,
  B: Matrix,
  schedule: Schedule,
  steps: number,
  arithmetic: Arithmetic = FLOAT64,
): CoupledIterate {
  if (A.rows !== A.columns || B.rows !== A.rows || B.columns !== A.rows) {
    throw new TypeError(
      `coupledNewtonSchulz: square matrices of one size, got ${A.rows}x${A.columns} and ${B.rows}x${B.columns}`,
    );
  }
  if (!Number.isInteger(steps) || steps < 0) {
    throw new RangeError(`coupledNewtonSchulz: steps an integer >= 0, got ${steps}`);
  }
  let iterate: CoupledIterate = { upper: map(A, arithmetic.round), lower: map(B, arithmetic.round) };
  for (let k = 0; k < steps; k++) {
    iterate = step(iterate, coefficientsAt(schedule, k), arithmetic);
    if (![...iterate.upper.data, ...iterate.lower.data].every(Number.isFinite)) {
      throw new RangeError(`coupledNewtonSchulz: finite iterates, got overflow in step ${k + 1}`);
    }
  }
  return iterate;
}

function step({ upper, lower }: CoupledIterate, coefficients: Coefficients, arithmetic: Arithmetic): CoupledIterate {
  const { round, multiply } = arithmetic;
  const [a, b, c] = coefficients.map(round) as [number, number, number];
  const M = multiply(lower, upper);
  const square = c === 0 ? M : multiply(M, M);
  const sum = entrywise('coupledNewtonSchulz', M, square, (x, y) => round(round(b * x) + round(c * y)));
  // the diagonal entries of an n × n matrix are n + 1 apart
  const H = { ...sum, data: sum.data.map((x, k) => (k % (sum.columns + 1) === 0 ? round(a + x) : x)) };
  return { upper: multiply(upper, H), lower: multiply(H, lower) };
}
