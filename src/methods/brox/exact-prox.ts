import { maxAffinePath, pointOn } from '../../kernels/exact/max-affine-path.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import {
  entryOf,
  multipleOf,
  type RationalRows,
  type RationalVector,
  sumOf,
} from '../../kernels/exact/rational-vector.ts';
import { solveSquare } from '../../kernels/exact/solve-consistent.ts';
import type { ConvexFunction } from '../../problems/functions/convex-function.ts';

const { ZERO, ONE } = Rational;

/**
 * prox_gamma(x) = argmin f + |. - x|^2 / (2 gamma), exactly; undefined for residual-norm, where it is irrational.
 * @throws RangeError unless gamma > 0.
 */
export function exactProx(f: ConvexFunction<Rational>, x: RationalVector, gamma: Rational): RationalVector | undefined {
  if (gamma.sign() <= 0) throw new RangeError(`exactProx: gamma > 0, got ${gamma}`);
  switch (f.kind) {
    case 'quadratic':
      return quadraticProx(f.matrix, f.vector, x, gamma);
    case 'residual-norm':
      return undefined;
    case 'weighted-l1':
      return x.map((v, i) => shrunk(v, gamma.times(entryOf(f.weights, i))));
    case 'max-norm':
      return clipped(x, waterLevel(x, gamma));
    case 'max-affine':
      return pointOn(maxAffinePath(f, x).pieceAt(gamma), gamma);
    case 'huber': {
      const growth = gamma.plus(ONE);
      const knee = f.delta.times(growth);
      return x.map((v) => (v.absolute().atMost(knee) ? v.dividedBy(growth) : shrunk(v, gamma.times(f.delta))));
    }
    case 'absolute':
      return x.map((v) => shrunk(v, gamma));
  }
}

/** sign(v) (|v| - threshold)_+. */
function shrunk(v: Rational, threshold: Rational): Rational {
  const left = v.absolute().minus(threshold);
  return left.sign() <= 0 ? ZERO : v.sign() < 0 ? left.negated() : left;
}

/** v limited to [-level, level]. */
export const clipped = (x: RationalVector, level: Rational): RationalVector =>
  x.map((v) => (v.absolute().atMost(level) ? v : v.sign() < 0 ? level.negated() : level));

/** The level with sum of (|x_i| - level)_+ = gamma, or 0 where sum |x_i| <= gamma (Moreau: x - u projects onto the l1 ball). */
function waterLevel(x: RationalVector, gamma: Rational): Rational {
  const magnitudes = descending(x);
  let total = ZERO;
  for (const [k, magnitude] of magnitudes.entries()) {
    total = total.plus(magnitude);
    const level = total.minus(gamma).dividedBy(Rational.of(k + 1));
    const next = magnitudes[k + 1] ?? ZERO;
    if (next.atMost(level)) return level;
  }
  return ZERO;
}

/** The absolute values, largest first. */
export const descending = (x: RationalVector): RationalVector =>
  x.map((v) => v.absolute()).sort((a, b) => b.compare(a));

/** (gamma A + I) u = x + gamma b. */
function quadraticProx(A: RationalRows, b: RationalVector, x: RationalVector, gamma: Rational): RationalVector {
  const system = A.map((row, i) => row.map((a, j) => gamma.times(a).plus(i === j ? ONE : ZERO)));
  const solved = solveSquare(system, [sumOf(x, multipleOf(gamma, b))]);
  if ('nullVector' in solved)
    throw new RangeError('exactProx: a positive semidefinite matrix, got a negative eigenvalue');
  return solved.solutions[0] ?? [];
}
