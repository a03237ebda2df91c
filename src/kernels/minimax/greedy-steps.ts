import { Rational } from '../exact/rational.ts';
import { limitMinimax } from './limit-minimax.ts';
import { oddMinimax } from './odd-minimax.ts';
import type { MinimaxDegree, OddMinimax } from './odd-minimax-type.ts';

/** Errors below 2^-UNDERFLOW are returned as 0: their exponent grows by the factor of the order in every step. */
const UNDERFLOW = 4096;
const HALF = Rational.of(1, 2);

/**
 * Polar Express in exact arithmetic: p_t is the best odd polynomial on [l_t, u_t], l_1 = lower, u_1 = upper, and
 * [l_(t+1), u_(t+1)] = [1 - E_t, 1 + E_t] its image. Numbers to a relative precision of a few 2^-bits (`oddMinimax`).
 * Source: Amsel et al., arXiv 2505.16932, Theorem 4.1.
 * @throws RangeError unless 0 < lower < upper, steps is an integer >= 0 and bits one >= 1.
 */
export function greedySteps(
  lower: Rational,
  upper: Rational,
  steps: number,
  degree: MinimaxDegree,
  bits: number,
): readonly OddMinimax[] {
  if (!Number.isInteger(steps) || steps < 0) throw new RangeError(`greedySteps: steps an integer >= 0, got ${steps}`);
  const found: OddMinimax[] = [];
  for (let k = 0; k < steps; k += 1) {
    const before = found.at(-1);
    found.push(before === undefined ? oddMinimax(lower, upper, degree, bits) : next(before, degree, bits));
  }
  return found;
}

const NEGLIGIBLE = Rational.of(1n, 1n << BigInt(UNDERFLOW));

function next(before: OddMinimax, degree: MinimaxDegree, bits: number): OddMinimax {
  const { error, least } = before;
  // 1 - E where E is small, p(l) where that is: both ends keep their relative precision
  const [l, u] = error.lessThan(HALF)
    ? [Rational.ONE.minus(error), Rational.ONE.plus(error)]
    : [least, Rational.of(2).minus(least)];
  if (!error.lessThan(NEGLIGIBLE)) return oddMinimax(l, u, degree, bits);
  return limitMinimax(Rational.ONE, Rational.ONE, degree, bits);
}
