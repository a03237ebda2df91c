import { type Numeric, Rational } from '../../kernels/exact/rational.ts';

/**
 * The convex functions whose minimisers are known, over numbers N (doubles, rationals, or their JSON form).
 *
 * quadratic: x^T A x / 2 - b^T x, A symmetric positive semidefinite; residual-norm: |Ax - b|_2; weighted-l1: sum of
 * w_i |x_i|, w >= 0; max-norm: the largest |x_i|; max-affine: the largest a_i^T x + b_i (slopes a_i, offsets b_i), bounded
 * below; huber: sum of x_i^2 / 2 where |x_i| <= delta, delta |x_i| - delta^2 / 2 beyond; absolute: |x| on the line.
 */
export type ConvexFunction<N> =
  | { readonly kind: 'quadratic'; readonly matrix: readonly (readonly N[])[]; readonly vector: readonly N[] }
  | { readonly kind: 'residual-norm'; readonly matrix: readonly (readonly N[])[]; readonly vector: readonly N[] }
  | { readonly kind: 'weighted-l1'; readonly weights: readonly N[] }
  | { readonly kind: 'max-norm' }
  | { readonly kind: 'max-affine'; readonly slopes: readonly (readonly N[])[]; readonly offsets: readonly N[] }
  | { readonly kind: 'huber'; readonly delta: N }
  | { readonly kind: 'absolute' };

/** The function of one kind. */
export type Kind<K extends ConvexFunction<unknown>['kind'], N> = Extract<ConvexFunction<N>, { readonly kind: K }>;

/** The same function with every number converted. */
export function convertFunction<M, N>(f: ConvexFunction<M>, convert: (x: M) => N): ConvexFunction<N> {
  const vector = (v: readonly M[]): readonly N[] => v.map(convert);
  const matrix = (A: readonly (readonly M[])[]): readonly (readonly N[])[] => A.map(vector);
  switch (f.kind) {
    case 'quadratic':
    case 'residual-norm':
      return { kind: f.kind, matrix: matrix(f.matrix), vector: vector(f.vector) };
    case 'weighted-l1':
      return { kind: f.kind, weights: vector(f.weights) };
    case 'max-affine':
      return { kind: f.kind, slopes: matrix(f.slopes), offsets: vector(f.offsets) };
    case 'huber':
      return { kind: f.kind, delta: convert(f.delta) };
    case 'max-norm':
    case 'absolute':
      return { kind: f.kind };
  }
}

/** The function over the rationals that a JSON form stands for. */
export const rationalFunction = (f: ConvexFunction<Numeric>): ConvexFunction<Rational> =>
  convertFunction(f, (x) => Rational.from(x));

/** The dimension of the space, or undefined where the function is defined in every dimension. */
export function dimensionOf(f: ConvexFunction<unknown>): number | undefined {
  switch (f.kind) {
    case 'quadratic':
      return f.vector.length;
    case 'residual-norm':
      return f.matrix[0]?.length ?? 0;
    case 'weighted-l1':
      return f.weights.length;
    case 'max-affine':
      return f.slopes[0]?.length ?? 0;
    case 'absolute':
      return 1;
    case 'max-norm':
    case 'huber':
      return undefined;
  }
}
