import { type BallAnswer, ballAcceleration } from '../../../methods/ball-acceleration.ts';
import { remembered } from './remembered.ts';

/**
 * The oracle of radius 1 of the chain of spacing s by sorting: the coordinates above a level are lowered to it. Only
 * those less than the radius below the highest can move, and with d the depth of the level below the highest,
 * sum over the k highest of (d - t_i)² = 1 has the root d = mean + sqrt(1/k - variance) of their depths t_i.
 */
export const chainOracle =
  (size: number, spacing: number) =>
  (y: readonly number[]): BallAnswer => {
    const floor = -spacing * (size + 1);
    let [top, squares] = [floor, 0];
    for (const [i, v] of y.entries()) {
      const height = v - spacing * (i + 1);
      top = Math.max(top, height);
      squares += (height - floor) * Math.max(0, height - floor);
    }
    if (squares <= 1) return { point: lowered(y, spacing, floor), multiplier: 0, isOptimal: true };
    const depths: number[] = [];
    for (const [i, v] of y.entries()) {
      const depth = top - (v - spacing * (i + 1));
      if (depth < 1) depths.push(depth);
    }
    depths.sort((a, b) => a - b);
    let [first, second, depth, count] = [0, 0, 1, 0];
    for (const t of depths) {
      if (count > 0 && t >= depth) break;
      count += 1;
      first += t;
      second += t * t;
      const mean = first / count;
      depth = mean + Math.sqrt(Math.max(0, 1 / count - (second / count - mean * mean)));
    }
    return {
      point: lowered(y, spacing, top - depth),
      multiplier: 1 / (count * depth - first),
      isOptimal: false,
    };
  };

const lowered = (y: readonly number[], spacing: number, level: number): readonly number[] =>
  y.map((v, i) => v - Math.max(0, v - spacing * (i + 1) - level));

export interface ChainCalls {
  readonly size: number;
  /** Balls until one holds a minimiser, of the broximal point method and of the accelerated one. */
  readonly plain: number;
  readonly accelerated: number;
}

/** The balls of radius 1 that each method asks for from 0 on the chain. */
export const chainCalls = remembered(
  (size: number, spacing: number, alpha: number): ChainCalls => ({
    size,
    plain: plainCalls(size, spacing),
    accelerated: ballAcceleration(
      chainOracle(size, spacing),
      Array.from({ length: size }, () => 0),
      { alpha, maximumCalls: mostCalls(size, spacing) },
    ).oracleCalls,
  }),
);

/**
 * The steps of the broximal point method on the chain, s >= 1: all touched coordinates are at one level. `count` of them
 * move by 1/sqrt(count) until the next, `gap` below, is reached; it then moves along, by what is left.
 */
function plainCalls(size: number, spacing: number): number {
  if (!(spacing >= 1)) throw new RangeError(`plainCalls: spacing >= 1, got ${spacing}`);
  let [count, gap] = [1, spacing];
  // before the last coordinate is touched the minimisers are farther than one spacing
  for (let calls = 1; ; calls++) {
    if (count === size && count * gap * gap <= 1) return calls;
    const move = 1 / Math.sqrt(count);
    if (move <= gap || count === size) gap -= move;
    else {
      const joint = (gap + Math.sqrt(1 + count * (1 - gap * gap))) / (count + 1);
      count += 1;
      gap += spacing - joint;
    }
  }
}

/** What the broximal point method needs at most, and room for the accelerated one on the shortest chains. */
const mostCalls = (size: number, spacing: number): number => Math.ceil(spacing * size ** 1.5) + 10 * size + 10;
