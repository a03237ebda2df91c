import { Rational } from '../exact/rational.ts';

/**
 * w_i = 1 / (x_i prod_{j != i} (x_i² - x_j²)) for n points 0 < x_0 < x_1 < …: sum_i w_i x_i^(2j+1) = 0 for j <= n - 2, since it
 * is the divided difference of order n - 1 of y^j at the y_i = x_i². The signs alternate, and so sum |w_i| = |sum (-1)^i w_i|.
 * @throws RangeError unless there are two points or more, positive and strictly increasing.
 */
export function dualWeights(nodes: readonly Rational[]): readonly Rational[] {
  const ordered = nodes.every((x, i) => (nodes[i - 1] ?? Rational.ZERO).lessThan(x));
  if (nodes.length < 2 || !ordered)
    throw new RangeError(`dualWeights: two or more points 0 < x_0 < x_1 < ..., got [${nodes.join(', ')}]`);
  const squares = nodes.map((x) => x.times(x));
  return nodes.map((x, i) => {
    const y = x.times(x);
    const denominator = squares.reduce((product, z, j) => (j === i ? product : product.times(y.minus(z))), x);
    return Rational.ONE.dividedBy(denominator);
  });
}

/**
 * A lower bound on max |1 - p| over the points, for every odd p of degree at most 2n - 3, n the number of points: weights that
 * annihilate x, x³, …, x^(2n-3) give |sum w_i| = |sum w_i (1 - p(x_i))| <= sum |w_i| max_i |1 - p(x_i)|. It is attained exactly by
 * the p with 1 - p(x_i) = (-1)^i E (de la Vallée-Poussin; duality of linear programs). Exact.
 */
export function dualBound(nodes: readonly Rational[]): Rational {
  const weights = dualWeights(nodes);
  return Rational.sum(weights)
    .absolute()
    .dividedBy(Rational.sum(weights.map((w) => w.absolute())));
}
