import type { FloatFormat } from '../kernels/matrix/arithmetic.ts';
import { floatFunction } from '../methods/brox/float-function.ts';
import { broximalPoint } from '../methods/broximal-point.ts';
import type { BroximalPointInput, BroximalPointOutput } from './broximal-point.ts';
import type { Defect } from './defect.ts';
import { countDefect, entryDefects, numberDefect } from './entry-defects.ts';
import { checkedFunction } from './function-schema.ts';
import { minimiserDefects } from './minimiser-defects.ts';
import type { Doubles } from './operation.ts';

/**
 * The entries of the run until a ball holds a minimiser of f; from then on each point is any minimiser over the ball around the
 * point before it. The index of the first minimiser is judged where the bound is finite, hence every step decided.
 */
export function broximalPointDefects(
  { function: given, point, radii }: Doubles<BroximalPointInput>,
  { points, values, optimalAfter }: Doubles<BroximalPointOutput>,
  format: FloatFormat,
  bound: number,
): readonly Defect[] {
  const checked = checkedFunction('broximal-point', given);
  const f = floatFunction(checked);
  const ours = broximalPoint(checked, point, radii, f);
  // a start that is optimal is still the start
  const firstOpen = Math.max(1, ours.optimalAfter ?? points.length);
  const ofPoint = (u: readonly number[], k: number): readonly Defect[] => {
    const [place, minimiser, value] = [`points[${k}]`, ours.points[k] ?? [], values[k] ?? Number.NaN];
    if (k < firstOpen) {
      return [
        ...entryDefects(place, minimiser, u, bound),
        numberDefect(`values[${k}]`, ours.values[k] ?? Number.NaN, value, bound),
      ];
    }
    const ball = { f, centre: points[k - 1] ?? [], radius: radii[k - 1] ?? Number.NaN, minimiser, bound, format };
    return minimiserDefects(place, ball, u, value);
  };
  return [...points.flatMap(ofPoint), countDefect('optimalAfter', ours.optimalAfter, optimalAfter, bound)];
}
