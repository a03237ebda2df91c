import { gridQuotients } from './grid-quotients.ts';

/**
 * A certified enclosure of the distribution function F of Y on the grid k / points:
 * lower[k] <= F(k / points) <= upper[k], both non-decreasing, lower[0] = upper[0] = 0, lower[points] = upper[points] = 1.
 */
export interface MomentumLaw {
  readonly components: number;
  readonly momentum: number;
  readonly points: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** (1 - u)^3 (1 + 4u) > 1 > (1 + u)^3 (1 - 4u), u = 2^-53: makes up for two products (at once) and a sum and the factor itself. */
const UP = 1 + 2 ** -51;
const DOWN = 1 - 2 ** -51;
/** Above the sum of what three operations may lose to underflow. */
const UNDERFLOW = 2 ** -1000;
/** The coarsest grid. */
const FIRST_POINTS = 256;
const MOST_SWEEPS = 4096;

/** The trivial enclosure 0 <= F <= 1 on ]0, 1[. F(0) = lim (1-1/n)^k = 0, since Y = 0 needs that no pulse ever came. */
function trivialLaw(components: number, momentum: number, points: number): MomentumLaw {
  const [lower, upper] = [new Float64Array(points + 1), new Float64Array(points + 1).fill(1)];
  lower[points] = 1;
  upper[0] = 0;
  return { components, momentum, points, lower, upper };
}

/** The same enclosure on a grid with twice as many points: F is non-decreasing. */
function doubled({ components, momentum, points, lower, upper }: MomentumLaw): MomentumLaw {
  const fine = trivialLaw(components, momentum, 2 * points);
  for (let k = 1; k < 2 * points; k += 1) {
    fine.lower[k] = lower[k >> 1] ?? 0;
    fine.upper[k] = upper[(k + 1) >> 1] ?? 1;
  }
  return fine;
}

/**
 * The law after further sweeps of the functional equation F(y) = (1-p) F(y/b) + p F((y-(1-b))/b), p = 1/n.
 *
 * At y = k/N the arguments are (k/b)/N and (N - (N-k)/b)/N; F is non-decreasing, so the upper array is read at the
 * ceilings and the lower one at the floors, with the weights rounded outward. F <= upper before thus gives F <= upper
 * after, entry by entry, in whatever order the entries are replaced: every state of the arrays is a valid enclosure, and
 * the smaller upper value (the larger lower one) of before and after is kept. One sweep takes the coupling gap delta of
 * the two laws to at most b delta + 2/N, hence towards 2/(N (1-b)).
 */
export function refinedLaw(law: MomentumLaw, sweeps: number): MomentumLaw {
  const { components, momentum, points } = law;
  const { floor, ceiling } = gridQuotients(points, momentum);
  const [lower, upper] = [Float64Array.from(law.lower), Float64Array.from(law.upper)];
  // division is correctly rounded: one factor on each side makes up for it
  const [pulse, quiet] = [1 / components, (components - 1) / components];
  const [pulseUp, quietUp, pulseDown, quietDown] = [pulse * UP, quiet * UP, pulse * DOWN, quiet * DOWN];
  const improve = (k: number): void => {
    const back = points - k;
    const above = (quietUp * at(upper, ceiling, k) + pulseUp * mirrored(upper, floor, back, points)) * UP + UNDERFLOW;
    const below = (quietDown * at(lower, floor, k) + pulseDown * mirrored(lower, ceiling, back, points)) * DOWN;
    if (above < (upper[k] as number)) upper[k] = above;
    if (below - UNDERFLOW > (lower[k] as number)) lower[k] = below - UNDERFLOW;
  };
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    // there and back, so that both arguments (one left, one right of y) profit from values of the same sweep
    if (sweep % 2 === 0) for (let k = 1; k < points; k += 1) improve(k);
    else for (let k = points - 1; k > 0; k -= 1) improve(k);
  }
  return { ...law, lower, upper };
}

const at = (values: Float64Array, index: Int32Array, k: number): number => values[index[k] as number] as number;

/** A clamped index gives entry 0, which is F(0) = 0 = F(y) for y < 0. */
const mirrored = (values: Float64Array, index: Int32Array, k: number, points: number): number =>
  values[points - (index[k] as number)] as number;

/**
 * The stationary law of the averaged stochastic gradient m on the linear part of the counterexample (f_0' = n with
 * probability 1/n, else -1): m = -1 + (n+1) Y, Y = (1-b) sum_k b^k B_k, B_k independent Bernoulli(1/n), a biased Bernoulli
 * convolution without atoms. Its F is the only solution of the equation in `refinedLaw`.
 *
 * Grids of 256, 512, …, points: each one starts from the enclosure of the one before, whose gap is twice as wide as its own
 * limit, so about 1/(1-b) sweeps (b^sweeps < 1/e, and replacing entries at once makes a sweep worth more) come close to it;
 * the first grid starts from nothing and takes 1 + ln 256 times as many. The number of sweeps decides the width alone.
 * @throws RangeError unless components >= 2 is an integer, 0 < momentum < 1, and points = 256 · 2^j.
 */
export function momentumLaw(components: number, momentum: number, points: number): MomentumLaw {
  if (!Number.isSafeInteger(components) || components < 2) {
    throw new RangeError(`momentumLaw: an integer components >= 2, got ${components}`);
  }
  if (!(momentum > 0 && momentum < 1)) throw new RangeError(`momentumLaw: 0 < momentum < 1, got ${momentum}`);
  if (!Number.isInteger(Math.log2(points / FIRST_POINTS)) || points < FIRST_POINTS) {
    throw new RangeError(`momentumLaw: points = ${FIRST_POINTS} · 2^j, got ${points}`);
  }
  const sweeps = Math.min(MOST_SWEEPS, 2 + Math.ceil(1 / (1 - momentum)));
  const first = Math.min(MOST_SWEEPS, Math.ceil(sweeps * (1 + Math.log(FIRST_POINTS))));
  let law = refinedLaw(trivialLaw(components, momentum, FIRST_POINTS), first);
  while (law.points < points) law = refinedLaw(doubled(law), sweeps);
  return law;
}
