import { vectorFrom } from '../../kernels/exact/rational-vector.ts';
import { euclideanNorm } from '../../kernels/matrix/euclidean-norm.ts';
import { affineConditioning, type BaseConditioning, conditionedError } from './affine-conditioning.ts';
import { type PolyhedralGeometry, polyhedralPath } from './polyhedral-path.ts';
import type { FloatFunction, Slack } from './proximal-path.ts';
import { dotProduct } from './vectors.ts';
import { isSeparable, waterFillingPath } from './water-filling.ts';

/** More slopes than this are never tried for conditioning as a whole: the cost grows with the fourth power. */
const LARGEST_SET = 24;

/** max_i a_i^T y + b_i, bounded below. Where every slope has at most one entry the path is water-filling. */
export function maxAffine(slopes: readonly (readonly number[])[], offsets: readonly number[]): FloatFunction {
  const norms = slopes.map((a) => euclideanNorm(a));
  const steepest = Math.max(...norms);
  const dimension = slopes[0]?.length ?? 0;
  const valuesAt = (y: readonly number[]): readonly number[] =>
    slopes.map((a, i) => dotProduct(a, y) + (offsets[i] ?? 0));
  /** What rounding data and arithmetic to unit roundoff u may change in each piece at points of the given length. */
  const pieceErrors = (length: number, u: number): readonly number[] =>
    norms.map((a, i) => 2 * (dimension + 3) * u * (a * length + Math.abs(offsets[i] ?? 0)));
  const conditioning = memoised(() =>
    slopes.length <= Math.min(dimension + 1, LARGEST_SET) ? affineConditioning(slopes, [...slopes.keys()]) : undefined,
  );

  /**
   * A stable algorithm minimises an f' with |f' - f| <= e on the ball that it visits: f + c |. - x|^2 / 2 is c-strongly convex, so
   * its point is within 2 sqrt(e / c) of prox_{1/c}(x), and its subgradients are 2e-subgradients of f. The path rests on the
   * nearest minimiser below c = rest, where such an algorithm ends. Where the slopes that can matter are affinely
   * independent, prox depends on the data in a Lipschitz way instead.
   */
  const slackOf = (x: readonly number[], path: PolyhedralGeometry, u: number, t: number): Slack => {
    const reach = 2 * t;
    const length = euclideanNorm(x) + reach;
    const relative = 4 * (dimension + 3) * u;
    const errors = pieceErrors(length, 4 * u);
    const error = Math.max(...errors);
    const rate = relative * 2 * length;
    const lipschitz = (bases: readonly BaseConditioning[] | undefined, c: number): number =>
      (bases && conditionedError(bases, norms, { errors, relative, gamma: 1 / Math.max(c, path.rest), reach })) ??
      Number.POSITIVE_INFINITY;
    const pointError = (c: number): number =>
      Math.min(2 * Math.sqrt(error / Math.max(c, path.rest)), lipschitz(conditioning(), c)) + rate;
    return {
      pointError,
      cap: pointError(0),
      subgradientError: (c) => rate * c,
      epsilon: 2 * error,
      radiusError: 2 * relative * t,
      /** Pieces that stay below the highest one on all that prox may reach here never carry weight. */
      errorBetween: (low, high, E) => {
        const radius = 2 * Math.sqrt(error / Math.max(low, path.rest)) + rate + E + path.spread(low, high);
        const values = valuesAt(path.at(low));
        const top = Math.max(...values);
        const margin = 2 * steepest * radius + 4 * error;
        const near = [...slopes.keys()].filter((i) => top - (values[i] ?? 0) <= margin);
        if (near.length > Math.min(dimension + 1, LARGEST_SET)) return undefined;
        const bound = lipschitz(affineConditioning(slopes, near), low);
        return Number.isFinite(bound) ? bound + rate : undefined;
      },
    };
  };

  const exact = memoised(() => ({
    kind: 'max-affine' as const,
    slopes: slopes.map(vectorFrom),
    offsets: vectorFrom(offsets),
  }));
  return {
    value: (y) => Math.max(...valuesAt(y)),
    valueRounding: (y, u) => Math.max(...pieceErrors(euclideanNorm(y), u)),
    slopeBound: () => steepest,
    path: (x) =>
      isSeparable(slopes)
        ? waterFillingPath(slopes, offsets, x)
        : polyhedralPath(exact(), x, (path, u, t) => slackOf(x, path, u, t)),
  };
}

function memoised<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
