import { euclideanNorm } from '../../kernels/matrix/euclidean-norm.ts';
import { fallingRoot } from './falling-root.ts';
import type { ProximalPath } from './proximal-path.ts';
import { separablePath } from './separable-path.ts';
import { minus } from './vectors.ts';

/** One piece a y_j + b on coordinate j. */
interface Piece {
  readonly slope: number;
  readonly offset: number;
}

export const isSeparable = (slopes: readonly (readonly number[])[]): boolean =>
  slopes.every((a) => a.filter((v) => v !== 0).length <= 1);

/**
 * The path of max_i a_i y_{j(i)} + b_i: the sublevel set of L is a box, so prox_{1/c}(x) is x clipped to the box at the
 * level L where the moves, each divided by the slope of its piece, sum to 1/c. Both that sum and the length of the move
 * rise as L falls from f(x) to the minimum; each is met by bisection on the drop f(x) - L.
 */
export function waterFillingPath(
  slopes: readonly (readonly number[])[],
  offsets: readonly number[],
  x: readonly number[],
): ProximalPath {
  const coordinates: Piece[][] = x.map(() => []);
  const flat: number[] = [];
  for (const [i, a] of slopes.entries()) {
    const offset = offsets[i] ?? 0;
    const j = a.findIndex((v) => v !== 0);
    if (j < 0) flat.push(offset);
    else coordinates[j]?.push({ slope: a[j] ?? 0, offset });
  }
  const pieces = coordinates.flatMap((list, j) => list.map((piece) => ({ ...piece, at: x[j] ?? 0 })));
  const top = Math.max(...flat, ...pieces.map(({ slope, offset, at }) => slope * at + offset));
  const bottom = Math.max(...flat, ...coordinates.map(leastOf));
  const deepest = top - bottom;
  /** The move of each coordinate down to the level, and the sum of moves over slopes. */
  const fill = (drop: number) => {
    const level = top - drop;
    let sum = 0;
    const moves = x.map((v, j) => {
      let [move, slope] = [0, 1];
      for (const piece of coordinates[j] ?? []) {
        const excess = piece.slope * v + piece.offset - level;
        // beyond its bound (L - b) / a by excess / a; the tightest bound counts
        if (excess > 0 && Math.abs(excess / piece.slope) > Math.abs(move)) {
          [move, slope] = [excess / piece.slope, piece.slope];
        }
      }
      sum += move / slope;
      return move;
    });
    return { moves, sum };
  };
  const dropFor = (reached: (drop: number) => number, target: number): number =>
    fallingRoot((drop) => -reached(drop), -target, 0, deepest);
  const sizes = [top, bottom, ...offsets, ...pieces.map(({ slope, at }) => slope * at)];
  const largest = sizes.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const flattest = pieces.reduce((least, { slope }) => Math.min(least, Math.abs(slope)), Number.POSITIVE_INFINITY);
  const path = separablePath(x, {
    moves: (c) => fill(c === 0 ? deepest : dropFor((drop) => fill(drop).sum, 1 / c)).moves,
    multiplier: (t) => 1 / fill(dropFor((drop) => euclideanNorm(fill(drop).moves), t)).sum,
    /**
     * Rounding moves each piece by at most 8u times the largest term, hence the level by as much, and a coordinate by twice
     * that over its slope.
     */
    slack: (u, t) => {
      const shift = pieces.length === 0 ? 0 : (16 * u * largest) / flattest;
      const cap = Math.sqrt(x.length) * shift + 4 * u * euclideanNorm(x);
      return {
        pointError: () => cap,
        cap,
        subgradientError: () => Number.POSITIVE_INFINITY,
        epsilon: 0,
        radiusError: 8 * (x.length + 3) * u * t,
      };
    },
  });
  return {
    ...path,
    step: (t) => {
      const { moves, sum } = fill(dropFor((drop) => euclideanNorm(fill(drop).moves), t));
      return { point: minus(x, moves), parameter: 1 / sum, multiplier: 1 / sum };
    },
  };
}

/** min over y of the pieces of one coordinate: the highest crossing of a rising and a falling one; -Infinity without. */
function leastOf(list: readonly Piece[]): number {
  let least = Number.NEGATIVE_INFINITY;
  for (const rising of list.filter(({ slope }) => slope > 0)) {
    for (const falling of list.filter(({ slope }) => slope < 0)) {
      // a y + b = -c y + d at the value (a d + c b) / (a + c)
      const total = rising.slope - falling.slope;
      least = Math.max(least, (rising.slope / total) * falling.offset - (falling.slope / total) * rising.offset);
    }
  }
  return least;
}
