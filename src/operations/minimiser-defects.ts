import type { FloatFormat } from '../kernels/matrix/arithmetic.ts';
import { euclideanNorm } from '../kernels/matrix/euclidean-norm.ts';
import { gamma, UNIT_ROUNDOFF } from '../kernels/unit-roundoff.ts';
import type { FloatFunction } from '../methods/brox/proximal-path.ts';
import { inputRounding, valueBound } from '../methods/brox/trajectory-bound.ts';
import type { Defect } from './defect.ts';
import { numberDefect } from './entry-defects.ts';

/** A ball B(centre, radius), and what is known of a minimiser of f over it. */
export interface JudgedBall {
  readonly f: FloatFunction;
  readonly centre: readonly number[];
  readonly radius: number;
  /** A minimiser over the ball in double precision. */
  readonly minimiser: readonly number[];
  /** What a stable algorithm in the format and ours in double precision may together be off by. */
  readonly bound: number;
  readonly format: FloatFormat;
}

/**
 * What defines u in argmin of f over B(x, t), where there may be several, and the value that comes with it.
 *
 * |u - x| <= t: a stable algorithm misses the radius by the slack of the path, x by its rounding, and u by the error
 * bound. f(u) is the minimum: the bound moves the value by `valueBound`, at u and at our own minimiser. The value that is
 * reported is that of u, as far as rounding u to the format and evaluating f there allow.
 */
export function minimiserDefects(
  place: string,
  { f, centre, radius, minimiser, bound, format }: JudgedBall,
  u: readonly number[],
  value: number,
): readonly Defect[] {
  const length = euclideanNorm(u.map((x, i) => x - (centre[i] ?? Number.NaN)));
  const missed = f.path(centre).slack(format, radius).radiusError + inputRounding(centre, format);
  const evaluated = gamma(u.length + 3, UNIT_ROUNDOFF.float64) * length;
  const [attained, least] = [f.value(u), f.value(minimiser)];
  const own = f.valueRounding(u, UNIT_ROUNDOFF.float64);
  return [
    {
      text: `|${place} - x|, at most the radius`,
      expected: radius,
      got: length,
      miss: Math.max(0, length - radius),
      bound: bound + missed + evaluated,
    },
    {
      text: `f(${place}), at most the minimum over the ball`,
      expected: least,
      got: attained,
      miss: Math.max(0, attained - least),
      bound: valueBound(f, u, bound, format) + valueBound(f, minimiser, bound, 'float64'),
    },
    numberDefect(`value of ${place}`, attained, value, valueBound(f, u, inputRounding(u, format), format) + own),
  ];
}
