import { Rational } from '../exact/rational.ts';
import { LARGEST_FINITE, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import type { OddMinimax } from './odd-minimax-type.ts';
import { sensitivity } from './sensitivity.ts';

/** Relative roundings of a stable method in one step: some for the nodes, some for the coefficients, some for p(l). */
const ROUNDINGS = 16;
/** For second-order terms: the perturbations are some u, and the derivatives vary on no smaller scale than 1. */
const HIGHER_ORDER = 2;

/**
 * A bound on |computed - exact| for every coefficient and error of the greedy steps, computed in the format by a method that
 * makes ROUNDINGS relative errors u in each step, from ends of the interval rounded to the format.
 *
 * Every step takes the relative errors of l_t and u_t to changes of its coefficients and of E_t (`sensitivity`), and adds its own:
 * ROUNDINGS u relative to each coefficient, ROUNDINGS u (|a| l + |b| l³ + |c| l⁵) in p(l) = 1 - E, which is l_(t+1), and from
 * which follows u_(t+1) = 2 - l_(t+1). A reported error 1 - p(l) is wrong by the same and a rounding relative to 1. Infinity where
 * the ends coincide in the format or a coefficient leaves its range.
 */
export function greedyErrorBound(steps: readonly OddMinimax[], format: keyof typeof UNIT_ROUNDOFF): number {
  const u = UNIT_ROUNDOFF[format];
  const [first] = steps;
  if (first === undefined) return 0;
  if (relativeWidth(first) <= (format === 'float64' ? 0 : 2 * u)) return Number.POSITIVE_INFINITY;
  let bound = 0;
  let ends = { lower: u, upper: u };
  for (const step of steps) {
    // every later step is the limit map itself
    if (step.error.sign() === 0) break;
    const by = sensitivity(step);
    const moved = (fromLower: Rational, fromUpper: Rational): number =>
      Math.abs(fromLower.toNumber()) * ends.lower + Math.abs(fromUpper.toNumber()) * ends.upper;
    for (const [j, c] of step.coefficients.entries()) {
      const size = Math.abs(c.toNumber());
      if (size > LARGEST_FINITE[format]) return Number.POSITIVE_INFINITY;
      bound = Math.max(bound, moved(by.lower[j] ?? Rational.ZERO, by.upper[j] ?? Rational.ZERO) + ROUNDINGS * u * size);
    }
    const [l, least] = [step.nodes[0] ?? Rational.ONE, step.least];
    const terms = Rational.sum(step.coefficients.map((c, j) => c.absolute().times(l.power(2 * j + 1))));
    const rounding = ROUNDINGS * u * terms.dividedBy(least).toNumber();
    // relative to p(l), which may be far below the range of doubles
    const relative = moved(by.error.dividedBy(least), by.error.dividedBy(least)) + rounding;
    const absolute = relative * least.toNumber();
    bound = Math.max(bound, absolute + u);
    ends = { lower: relative + u, upper: absolute + u };
  }
  return HIGHER_ORDER * bound + Number.MIN_VALUE;
}

const relativeWidth = ({ nodes }: OddMinimax): number => {
  const [l, u] = [nodes[0] ?? Rational.ONE, nodes.at(-1) ?? Rational.ONE];
  return u.minus(l).dividedBy(u).toNumber();
};
