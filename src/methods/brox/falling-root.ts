/**
 * The c in [low, high] at which a falling function of c > 0 passes from above the target to at most the target, to
 * within one double. Geometric bisection while the ends differ in size, then arithmetic: below 200 evaluations.
 * @throws RangeError unless 0 <= low <= high < Infinity.
 */
export function fallingRoot(f: (c: number) => number, target: number, low: number, high: number): number {
  if (!(low >= 0 && low <= high && high < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`fallingRoot: 0 <= low <= high, got [${low}, ${high}]`);
  }
  let [below, above] = [low, high];
  for (;;) {
    const middle = middleOf(below, above);
    if (!(below < middle && middle < above)) return above;
    if (f(middle) > target) below = middle;
    else above = middle;
  }
}

function middleOf(low: number, high: number): number {
  // 0 has no logarithm: the smallest subnormal takes its place
  const least = low > 0 ? low : Number.MIN_VALUE;
  return high / least > 4 ? Math.sqrt(least) * Math.sqrt(high) : low / 2 + high / 2;
}
