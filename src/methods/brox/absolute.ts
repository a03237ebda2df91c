import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { isRepresentable } from './is-representable.ts';
import type { FloatFunction } from './proximal-path.ts';
import { relativeSlack, separablePath, towardsZero } from './separable-path.ts';

/** |x| on the line: a step is one subtraction, and exact wherever that is. */
export const absolute: FloatFunction = {
  value: ([y = 0]) => Math.abs(y),
  // |y| of a double is exact
  valueRounding: () => 0,
  slopeBound: () => 1,
  path: (x) => {
    const [v = 0] = x;
    const path = separablePath(x, {
      moves: (c) => towardsZero(x, [Math.min(1 / c, Math.abs(v))]),
      multiplier: (t) => 1 / t,
      slack: (u, t) => relativeSlack(x, u, t, 2),
    });
    const stepped = (t: number): number => v - Math.sign(v) * t;
    return {
      ...path,
      step: (t) => ({ point: [stepped(t)], parameter: 1 / t, multiplier: 1 / t }),
      slack: (format, t) => {
        const u = UNIT_ROUNDOFF[format];
        const isExact = Math.abs(v) <= t || isExactDifference(Math.abs(v), t, format);
        const cap = isExact ? 0 : 2 * u * Math.abs(v);
        const radiusError = isRepresentable(t, format) ? 0 : u * t;
        return {
          pointError: () => cap,
          cap,
          subgradientError: () => Number.POSITIVE_INFINITY,
          epsilon: 0,
          radiusError,
        };
      },
    };
  },
};

/** Whether a, b and a - b (a > b > 0) are numbers of the format. */
function isExactDifference(a: number, b: number, format: FloatFormat): boolean {
  const difference = a - b;
  // fast two-sum: the rounding error of a - b for a >= b
  return difference - a + b === 0 && [a, b, difference].every((v) => isRepresentable(v, format));
}
