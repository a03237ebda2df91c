import { Rational } from '../exact/rational.ts';
import { toSignificant } from '../exact/significant.ts';
import { cubicMinimax } from './cubic-minimax.ts';
import { limitMinimax } from './limit-minimax.ts';
import type { MinimaxDegree, OddMinimax, RationalTriple } from './odd-minimax-type.ts';
import { quinticMinimax } from './quintic-minimax.ts';

/**
 * The odd polynomial p of degree 3 or 5 with the least max |1 - p| on [lower, upper].
 *
 * It exists and is unique (Chebyshev: x, x³, x⁵ are a Haar system on x > 0). Coefficients, error and p(l) have relative errors
 * of a few 2^-bits; nothing is guaranteed, which is what `dual-bound.ts` and `worst-error.ts` are for. An interval whose
 * relative half-width is below 2^-bits has its limit as the solution; one with l/u < 2^-bits has that of [0, u], on which
 * E = 1, but for p(l) = a l.
 * @throws RangeError unless 0 < lower < upper and bits is an integer >= 1.
 */
export function oddMinimax(lower: Rational, upper: Rational, degree: MinimaxDegree, bits: number): OddMinimax {
  if (lower.sign() <= 0) throw new RangeError(`oddMinimax: lower > 0, got ${lower}`);
  if (!lower.lessThan(upper)) throw new RangeError(`oddMinimax: lower < upper, got ${lower} and ${upper}`);
  if (!Number.isInteger(bits) || bits < 1) throw new RangeError(`oddMinimax: an integer bits >= 1, got ${bits}`);
  const negligible = Rational.of(1n, 1n << BigInt(bits));
  if (lower.lessThan(upper.times(negligible))) return nearZero(lower, upper, degree, bits);
  const [width, sum] = [upper.minus(lower), upper.plus(lower)];
  if (width.lessThan(sum.times(negligible))) return limitMinimax(lower, upper, degree, bits);
  return SOLVERS[degree](lower, upper, bits);
}

const SOLVERS = { 3: cubicMinimax, 5: quinticMinimax } as const;
const onUnitInterval = new Map<string, OddMinimax>();

/** The solution on [0, 1], stretched; p(l) = a l. Kept, since every step that lifts a tiny l asks for it. */
function nearZero(lower: Rational, upper: Rational, degree: MinimaxDegree, bits: number): OddMinimax {
  const key = `${degree} ${bits}`;
  const unit = onUnitInterval.get(key) ?? SOLVERS[degree](Rational.ZERO, Rational.ONE, bits);
  onUnitInterval.set(key, unit);
  const coefficients = unit.coefficients.map((x, k) =>
    toSignificant(x.dividedBy(upper.power(2 * k + 1)), bits),
  ) as unknown as RationalTriple;
  const least = toSignificant(coefficients[0].times(lower), bits);
  return {
    coefficients,
    error: Rational.ONE.minus(least),
    least,
    nodes: [lower, ...unit.nodes.slice(1).map((x) => x.times(upper))],
  };
}
