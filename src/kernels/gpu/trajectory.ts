import type { CoinTable } from './coin-table.ts';
import { toFloat32 } from './float32-matrix.ts';

/**
 * The 1-D stochastic problem of the trajectories, one or two copies of it a lane.
 *
 * q(x) = clip(x + 2, -1, 1) for x < -1, else 1; the rare component has gradient `components` q(x), each of the others -q(x).
 * With P(rare) = 1/components the mean gradient is q(x)/components: convex, minimised at -2 alone.
 */
export interface TwoPointProblem {
  readonly components: number;
}

/** Adam's constants and the factors of the mask: Adam has amplify = damp = 1, Cautious 1 and 0, MGUP 1/tau and tau. */
export interface MaskedAdam {
  readonly beta2: number;
  readonly epsilon: number;
  readonly amplify: number;
  readonly damp: number;
}

/** One step size (bias correction included) and one beta_1 a step, so that schedules are data. */
export interface Schedule {
  readonly stepSizes: Float32Array;
  readonly beta1: Float32Array;
}

/** What each lane carries from step to step; coordinate c of lane l stands at c * lanes + l. */
export interface LaneState {
  readonly position: Float32Array;
  readonly momentum: Float32Array;
  readonly secondMoment: Float32Array;
}

/** The state after the last step, and the sum of q(x)^2 over the positions before each step (n^2 times the squared mean gradient). */
export interface LaneResult extends LaneState {
  readonly squaredSlopes: Float32Array;
}

/** All lanes at one point, with no history. */
export const startAt = (position: number, lanes: number): LaneState => ({
  position: new Float32Array(lanes).fill(position),
  momentum: new Float32Array(lanes),
  secondMoment: new Float32Array(lanes),
});

/**
 * Adam's step sizes eta sqrt(1 - beta2^t) / (1 - beta1^t) for t = first, …, first + steps - 1, in double precision, rounded once.
 * @throws RangeError unless 0 <= beta1, beta2 < 1 and steps, first are integers >= 0 and >= 1.
 */
export function adamSchedule(learningRate: number, beta1: number, beta2: number, steps: number, first = 1): Schedule {
  if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
    throw new RangeError(`adamSchedule: 0 <= beta1, beta2 < 1, got ${beta1}, ${beta2}`);
  }
  if (!(Number.isInteger(steps) && steps >= 0 && Number.isInteger(first) && first >= 1)) {
    throw new RangeError(`adamSchedule: integers steps >= 0, first >= 1, got ${steps}, ${first}`);
  }
  let [power1, power2] = [1, 1];
  const sizes: number[] = [];
  for (let t = 1; t < first + steps; t++) {
    power1 *= beta1;
    power2 *= beta2;
    if (t >= first) sizes.push((learningRate * Math.sqrt(1 - power2)) / (1 - power1));
  }
  return { stepSizes: toFloat32(sizes, 'adamSchedule'), beta1: new Float32Array(steps).fill(beta1) };
}

/** components, beta2, epsilon, amplify, damp, and a sixth number of the kernel, as float32. */
export function packParameters(
  { components }: TwoPointProblem,
  { beta2, epsilon, amplify, damp }: MaskedAdam,
  sixth: number,
  name: string,
): Float32Array {
  if (!(Number.isInteger(components) && components >= 2 && components < 2 ** 24)) {
    throw new RangeError(`${name}: components an integer from 2 to 2^24 - 1, got ${components}`);
  }
  if (!(beta2 >= 0 && beta2 < 1)) throw new RangeError(`${name}: 0 <= beta2 < 1, got ${beta2}`);
  if (!(epsilon >= 0)) throw new RangeError(`${name}: epsilon >= 0, got ${epsilon}`);
  if (!(amplify >= damp && damp >= 0)) throw new RangeError(`${name}: amplify >= damp >= 0, got ${amplify}, ${damp}`);
  return toFloat32([components, beta2, epsilon, amplify, damp, sixth], `${name}, parameters`);
}

/** @throws TypeError unless coins, schedule and state speak of the same steps and lanes. */
export function assertTrajectory(
  coins: readonly CoinTable[],
  { stepSizes, beta1 }: Schedule,
  state: LaneState,
  name: string,
): void {
  const [{ steps = 0, lanes = 0 } = {}] = coins;
  const lengths = [state.position.length, state.momentum.length, state.secondMoment.length];
  if (coins.some((table) => table.steps !== steps || table.lanes !== lanes)) {
    throw new TypeError(`${name}: coin tables of ${steps} steps and ${lanes} lanes, got others`);
  }
  if (stepSizes.length !== steps || beta1.length !== steps) {
    throw new TypeError(`${name}: a schedule of ${steps} steps, got ${stepSizes.length} and ${beta1.length}`);
  }
  if (lengths.some((length) => length !== coins.length * lanes)) {
    throw new TypeError(`${name}: a state of ${coins.length * lanes} numbers, got ${lengths}`);
  }
}

/** The arrays one after the other, as the rows of one input. */
export function concatenated(...parts: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** Takes apart what the threads return, four numbers each. */
export function unpackLanes(flat: Float32Array): LaneResult {
  const field = (offset: number): Float32Array => flat.filter((_, at) => at % 4 === offset);
  return { position: field(0), momentum: field(1), secondMoment: field(2), squaredSlopes: field(3) };
}

/** The result of no step. */
export const untouched = ({ position, momentum, secondMoment }: LaneState): LaneResult => ({
  position: position.slice(),
  momentum: momentum.slice(),
  secondMoment: secondMoment.slice(),
  squaredSlopes: new Float32Array(position.length),
});
