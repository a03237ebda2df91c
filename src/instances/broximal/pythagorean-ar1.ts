import type { Numeric } from '../../kernels/exact/numeric.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { multipleOf, type RationalVector, sumOf } from '../../kernels/exact/rational-vector.ts';
import type { ConvexFunction } from '../../problems/functions/convex-function.ts';

const { ZERO, ONE } = Rational;

export interface Ar1Instance {
  readonly function: ConvexFunction<Numeric>;
  readonly point: readonly string[];
  /** The constant radius t. */
  readonly radius: string;
}

/**
 * The worst case of the broximal point method, in rational coordinates.
 *
 * Unit vectors n_0, …, n_{K-1} with <n_i, n_j> = q^|i-j|, the autoregressive chain n_i = q n_{i-1} + sqrt(1 - q²) e_i; for
 * q = (1-m²)/(1+m²) the root 2m/(1+m²) is rational. f(y) = max(0, max_k q^k <n_k, y>) from x_0 = s n_{K-1} + t sum n_i with
 * s = q t/(1-q): step k moves by t along n_k, where piece k is active, so x_k = s n_{K-1} + t sum_{i>=k} n_i, and with
 * s <= t step K+1 is the first that ends in a minimiser. 0 is the nearest minimiser to x_0, and
 * R² = K (t² + 2ts) + s²: as q -> 0 the count K+1 is the ceiling of R²/t².
 * @throws RangeError unless 1/2 <= m < 1 (s <= t needs q <= 1/2) and K >= 1.
 */
export function pythagoreanAr1(steps: number, m: Rational, radius: Rational = ONE): Ar1Instance {
  const square = m.times(m);
  const q = ONE.minus(square).dividedBy(ONE.plus(square));
  if (m.sign() <= 0 || q.sign() <= 0 || Rational.of(1, 2).lessThan(q) || !(Number.isInteger(steps) && steps >= 1)) {
    throw new RangeError(`pythagoreanAr1: 0 < q <= 1/2 and steps >= 1, got q = ${q}, ${steps}`);
  }
  const fresh = m.times(Rational.of(2)).dividedBy(ONE.plus(square));
  const axis = (i: number): RationalVector => Array.from({ length: steps }, (_, j) => (i === j ? ONE : ZERO));
  const normals: RationalVector[] = [axis(0)];
  for (let i = 1; i < steps; i += 1) {
    normals.push(sumOf(multipleOf(q, normals[i - 1] ?? axis(0)), multipleOf(fresh, axis(i))));
  }
  const s = q.times(radius).dividedBy(ONE.minus(q));
  const start = normals.reduce((x, n) => sumOf(x, multipleOf(radius, n)), multipleOf(s, normals.at(-1) ?? axis(0)));
  const slopes = [axis(-1), ...normals.map((n, k) => multipleOf(q.power(k), n))];
  return {
    function: {
      kind: 'max-affine',
      slopes: slopes.map((a) => a.map(String)),
      offsets: slopes.map(() => '0'),
    },
    point: start.map(String),
    radius: radius.toString(),
  };
}
