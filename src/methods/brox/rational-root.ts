import { Rational } from '../../kernels/exact/rational.ts';

/**
 * The root in [low, high] of a function of rising sign if it is an integer over `denominator`, else undefined.
 *
 * A rational root of a polynomial with integer coefficients is an integer over its leading coefficient (rational root
 * theorem), so with that as denominator the answer undefined says that the root is irrational. Bisection over the grid.
 * @throws RangeError unless denominator > 0.
 */
export function rationalRootOnGrid(
  sign: (r: Rational) => -1 | 0 | 1,
  low: Rational,
  high: Rational,
  denominator: bigint,
): Rational | undefined {
  if (denominator <= 0n) throw new RangeError(`rationalRootOnGrid: denominator > 0, got ${denominator}`);
  const grid = Rational.of(denominator);
  let [below, above] = [low.times(grid).ceiling(), high.times(grid).floor()];
  while (below <= above) {
    const middle = (below + above) / 2n;
    const candidate = Rational.of(middle, denominator);
    const side = sign(candidate);
    if (side === 0) return candidate;
    if (side < 0) below = middle + 1n;
    else above = middle - 1n;
  }
  return undefined;
}

/** The least common multiple of the denominators. */
export function commonDenominator(values: Iterable<Rational>): bigint {
  let multiple = 1n;
  for (const value of values) multiple *= Rational.of(multiple).times(value).denominator;
  return multiple;
}
