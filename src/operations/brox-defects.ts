import type { FloatFormat } from '../kernels/matrix/arithmetic.ts';
import { broxOnPath } from '../methods/brox/brox.ts';
import { floatFunction } from '../methods/brox/float-function.ts';
import { stepBound } from '../methods/brox/step-bound.ts';
import { inputRounding } from '../methods/brox/trajectory-bound.ts';
import type { BroxInput, BroxOutput } from './brox.ts';
import type { Defect } from './defect.ts';
import { entryDefects, numberDefect } from './entry-defects.ts';
import { checkedFunction } from './function-schema.ts';
import { minimiserDefects } from './minimiser-defects.ts';
import type { Doubles } from './operation.ts';

/**
 * The entries of u, f(u) and the multiplier where the ball certainly holds no minimiser of f, since u is unique then;
 * elsewhere u is any minimiser over the ball, with its own value.
 *
 * The bound is that of the operation in the format plus that of our own answer.
 */
export function broxDefects(
  { function: given, point, radius }: Doubles<BroxInput>,
  output: Doubles<BroxOutput>,
  format: FloatFormat,
  bound: number,
): readonly Defect[] {
  const f = floatFunction(checkedFunction('brox', given));
  const path = f.path(point);
  const step = broxOnPath(f, path, radius);
  const { isDecided } = stepBound(path, step, radius, format, inputRounding(point, format));
  const multiplier = numberDefect('multiplier', step.multiplier, output.multiplier, bound);
  if (!step.isOptimal && isDecided) {
    const value = numberDefect('value', step.value, output.value, bound);
    return [...entryDefects('point', step.point, output.point, bound), value, multiplier];
  }
  const ball = { f, centre: point, radius, minimiser: step.point, bound, format };
  return [...minimiserDefects('point', ball, output.point, output.value), multiplier];
}
