import { type Numeric, Rational } from '../exact/rational.ts';

/**
 * Mean and variance of the stationary momentum: E m = E g = 1/n, Var m = Var g (1-b)/(1+b), Var g = n + 1 - 1/n - 1/n^2
 * (m = (1-b) sum_k b^k g_k with independent g_k, and (1-b)^2 / (1-b^2) = (1-b)/(1+b)).
 */
export function momentumMoments(
  components: number,
  momentum: Numeric,
): { readonly mean: Rational; readonly variance: Rational } {
  const mean = Rational.of(1, components);
  const b = Rational.from(momentum);
  // E g^2 = n^2/n + (1 - 1/n)
  const spread = Rational.of(components + 1)
    .minus(mean)
    .minus(mean.times(mean));
  return { mean, variance: spread.times(Rational.ONE.minus(b)).dividedBy(Rational.ONE.plus(b)) };
}
