import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { frobeniusUpperBound } from '../../kernels/matrix/euclidean-norm.ts';
import { add, fromRows, type Matrix, scale, transpose } from '../../kernels/matrix/matrix.ts';
import { gram } from '../../kernels/matrix/multiply.ts';
import { gamma, UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import type { Rows } from './context.ts';
import { dominated, isRankDecided, withDecidedRank } from './decided-rank.ts';
import type { Admit } from './sequences.ts';

const u = UNIT_ROUNDOFF.float64;

/** The gradients as they are. */
export const anything: Admit = (G) => G;

/** For methods that take the polar factor of a gradient. */
export const ofDecidedRank =
  (format: FloatFormat): Admit =>
  (G) =>
    withDecidedRank(G, format);

/** For methods that take the polar factor of B = mu B + G, or of G + mu B: that is what has to have a decided rank. */
export const withDecidedMomentum =
  (format: FloatFormat, momentum: number): Admit =>
  (candidate, before) => {
    const past = before.map(fromRows);
    const sums = past.reduce<Matrix | undefined>(
      (B, G) => (B === undefined ? G : add(scale(B, momentum), G)),
      undefined,
    );
    // a product and a sum a step
    const rounding = gamma(2 * before.length + 4, u);
    const size = past.reduce((total, G) => total + frobeniusUpperBound(G), 0);
    return firstOf([candidate, dominated(candidate)], (G) => {
      const last = fromRows(G);
      const B = sums === undefined ? last : add(scale(sums, momentum), last);
      const sight = {
        format,
        size: Math.max(B.rows, B.columns),
        rounding: before.length === 0 ? 0 : 2 * rounding * (size + frobeniusUpperBound(last)),
      };
      return isRankDecided(B, sight) && isRankDecided(add(last, scale(B, momentum)), sight);
    });
  };

/** For methods that invert the root of V = sum of G G^T on the range of V (of G^T G on the right). */
export const withDecidedSquares =
  (format: FloatFormat, side: 'left' | 'right'): Admit =>
  (candidate, before) => {
    const oriented = (G: Rows): Matrix => (side === 'left' ? fromRows(G) : transpose(fromRows(G)));
    const past = before.map(oriented);
    const sums = past
      .map(gram)
      .reduce<Matrix | undefined>((V, square) => (V === undefined ? square : add(V, square)), undefined);
    return firstOf([candidate, dominated(candidate), ...before.slice(-1)], (G) => {
      const last = oriented(G);
      const V = sums === undefined ? gram(last) : add(sums, gram(last));
      const size = [...past, last].reduce((total, one) => total + frobeniusUpperBound(one) ** 2, 0);
      // each entry a sum of columns products, and one more sum a step
      const rounding = gamma(last.columns + past.length + 2, u) * size;
      return isRankDecided(V, { format, size: Math.max(last.rows, last.columns), rounding });
    });
  };

/** The first that will do, else a zero gradient, which changes no range. */
function firstOf(candidates: readonly Rows[], does: (G: Rows) => boolean): Rows {
  const found = candidates.find(does);
  return found ?? (candidates[0] ?? []).map((row) => row.map(() => 0));
}
