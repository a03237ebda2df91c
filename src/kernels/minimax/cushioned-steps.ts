import { evaluate } from '../exact/polynomial.ts';
import { Rational } from '../exact/rational.ts';
import { toSignificant } from '../exact/significant.ts';
import { oddMinimax } from './odd-minimax.ts';
import type { MinimaxDegree, RationalTriple } from './odd-minimax-type.ts';
import { oddPolynomial } from './worst-error.ts';

export interface CushionedStep {
  readonly coefficients: RationalTriple;
  /** The interval that the step is made for. */
  readonly lower: Rational;
  readonly upper: Rational;
}

/**
 * The steps that the authors of Polar Express publish: p_t is the best polynomial on [max(l_t, cushion u_t), u_t] instead of
 * [l_t, u_t], multiplied by 2/(p(l_t) + p(u_t)), and l_(t+1) = p_t(l_t), u_(t+1) = 2 - l_(t+1). Chen and Chow's remedy for p_t(x)/x near 0
 * in the interval's interior (arXiv 2505.16932, section 4.3 and appendix G). With cushion 0 these are the greedy steps.
 * @throws RangeError unless 0 < lower < upper, 0 <= cushion < 1, steps is an integer >= 0 and bits one >= 1.
 */
export function cushionedSteps(
  lower: Rational,
  upper: Rational,
  steps: number,
  degree: MinimaxDegree,
  cushion: Rational,
  bits: number,
): readonly CushionedStep[] {
  if (!Number.isInteger(steps) || steps < 0)
    throw new RangeError(`cushionedSteps: steps an integer >= 0, got ${steps}`);
  if (cushion.sign() < 0 || !cushion.lessThan(Rational.ONE))
    throw new RangeError(`cushionedSteps: 0 <= cushion < 1, got ${cushion}`);
  const found: CushionedStep[] = [];
  let [l, u] = [lower, upper];
  for (let k = 0; k < steps; k += 1) {
    const { coefficients } = oddMinimax(Rational.max(l, cushion.times(u)), u, degree, bits);
    const p = oddPolynomial(coefficients);
    const factor = Rational.of(2).dividedBy(evaluate(p, l).plus(evaluate(p, u)));
    const scaled = coefficients.map((c) => toSignificant(c.times(factor), bits)) as unknown as RationalTriple;
    found.push({ coefficients: scaled, lower: l, upper: u });
    l = toSignificant(evaluate(oddPolynomial(scaled), l), bits);
    u = Rational.of(2).minus(l);
    if (!l.lessThan(u)) break;
  }
  return found;
}
