import type { FloatFormat } from '../kernels/matrix/arithmetic.ts';
import { floatFunction } from '../methods/brox/float-function.ts';
import type { BallAccelerationInput, BallAccelerationOutput } from './ball-acceleration.ts';
import type { Defect } from './defect.ts';
import { countDefect, entryDefects, numberDefect } from './entry-defects.ts';
import { checkedFunction } from './function-schema.ts';
import { minimiserDefects } from './minimiser-defects.ts';
import type { Doubles } from './operation.ts';

type Run = Doubles<BallAccelerationOutput>;

/**
 * The entries of the run, but for a last point that ended it: that is any minimiser over the ball around the start, the only
 * ball of a run whose bound is finite. The counts are judged where it is.
 */
export function ballAccelerationDefects(
  { function: given, point, radius }: Doubles<BallAccelerationInput>,
  ours: Run,
  { points, values, oracleCalls, optimalAfter }: Run,
  format: FloatFormat,
  bound: number,
): readonly Defect[] {
  const f = floatFunction(checkedFunction('ball-acceleration', given));
  const ofPoint = (u: readonly number[], k: number): readonly Defect[] => {
    const [place, minimiser, value] = [`points[${k}]`, ours.points[k] ?? [], values[k] ?? Number.NaN];
    if (k > 0 && ours.optimalAfter === k) {
      return minimiserDefects(place, { f, centre: point, radius, minimiser, bound, format }, u, value);
    }
    return [
      ...entryDefects(place, minimiser, u, bound),
      numberDefect(`values[${k}]`, ours.values[k] ?? Number.NaN, value, bound),
    ];
  };
  return [
    ...points.flatMap(ofPoint),
    countDefect('oracleCalls', ours.oracleCalls, oracleCalls, bound),
    countDefect('optimalAfter', ours.optimalAfter, optimalAfter, bound),
  ];
}
