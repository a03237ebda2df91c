import { add, divide, type Interval, interval, multiply } from '../exact/interval.ts';

/**
 * An enclosure of g* = D / (1/n + D), D = max(0, -drift): with factors alpha on the selected and gamma on the other
 * entries, the mean step alpha drift + gamma (1/n - drift) points to the minimiser iff gamma/alpha > g*.
 *
 * n D / (1 + n D) is non-decreasing in D, so the ends of the drift give the ends of g*.
 */
export function driftThreshold(drift: Interval, components: number): Interval {
  const at = (wrong: number): Interval => {
    const scaled = multiply(interval(components), interval(Math.max(0, wrong)));
    return divide(scaled, add(interval(1), scaled));
  };
  return { lo: at(-drift.hi).lo, hi: Math.min(1, at(-drift.lo).hi) };
}
