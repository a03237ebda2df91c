import type { ArrayBackend } from './backend.ts';
import type { CoinTable } from './coin-table.ts';
import type { KernelThis } from './gpujs.ts';
import {
  assertTrajectory,
  concatenated,
  type LaneResult,
  type LaneState,
  type MaskedAdam,
  packParameters,
  type Schedule,
  type TwoPointProblem,
  unpackLanes,
  untouched,
} from './trajectory.ts';

/**
 * One lane with two coordinates; thread.y says which one it returns, since a thread returns four numbers and two
 * coordinates have eight. Parameters: components, beta2, epsilon, amplify, damp, k.
 */
function topKKernel(
  this: KernelThis<'words' | 'steps'>,
  coins1: number[][],
  coins2: number[][],
  schedule: number[][],
  state: number[][],
  parameters: number[],
): number[] {
  let x1 = state[0]![this.thread.x]!;
  let x2 = state[1]![this.thread.x]!;
  let m1 = state[2]![this.thread.x]!;
  let m2 = state[3]![this.thread.x]!;
  let v1 = state[4]![this.thread.x]!;
  let v2 = state[5]![this.thread.x]!;
  let slopes1 = 0;
  let slopes2 = 0;
  let step = 0;
  for (let w = 0; w < this.constants.words; w++) {
    let word1 = coins1[w]![this.thread.x]!;
    let word2 = coins2[w]![this.thread.x]!;
    for (let bit = 0; bit < 24; bit++) {
      const half1 = Math.floor(word1 * 0.5);
      const half2 = Math.floor(word2 * 0.5);
      const heavy1 = word1 - 2 * half1;
      const heavy2 = word2 - 2 * half2;
      word1 = half1;
      word2 = half2;
      if (step < this.constants.steps) {
        let q1 = 1;
        if (x1 < -1) {
          q1 = x1 + 2;
          if (q1 < -1) {
            q1 = -1;
          }
        }
        let q2 = 1;
        if (x2 < -1) {
          q2 = x2 + 2;
          if (q2 < -1) {
            q2 = -1;
          }
        }
        let g1 = -q1;
        if (heavy1 > 0.5) {
          g1 = parameters[0]! * q1;
        }
        let g2 = -q2;
        if (heavy2 > 0.5) {
          g2 = parameters[0]! * q2;
        }
        const beta1 = schedule[1]![step]!;
        m1 = beta1 * m1 + (1 - beta1) * g1;
        m2 = beta1 * m2 + (1 - beta1) * g2;
        v1 = parameters[1]! * v1 + (1 - parameters[1]!) * g1 * g1;
        v2 = parameters[1]! * v2 + (1 - parameters[1]!) * g2 * g2;
        const u1 = m1 / (Math.sqrt(v1) + parameters[2]!);
        const u2 = m2 / (Math.sqrt(v2) + parameters[2]!);
        let rank1 = 0;
        if (u2 * g2 > u1 * g1) {
          rank1 = 1;
        }
        let factor1 = parameters[4]!;
        if (rank1 < parameters[5]!) {
          factor1 = parameters[3]!;
        }
        let factor2 = parameters[4]!;
        if (1 - rank1 < parameters[5]!) {
          factor2 = parameters[3]!;
        }
        x1 = x1 - schedule[0]![step]! * (factor1 * u1);
        x2 = x2 - schedule[0]![step]! * (factor2 * u2);
        slopes1 = slopes1 + q1 * q1;
        slopes2 = slopes2 + q2 * q2;
      }
      step = step + 1;
    }
  }
  if (this.thread.y > 0.5) {
    return [x2, m2, v2, slopes2];
  }
  return [x1, m1, v1, slopes1];
}

/**
 * Whole trajectories in float32 of MGUP-Adam in its top-K form on two independent copies of a `TwoPointProblem` a lane: the `k`
 * largest scores u g of the two coordinates (ties: the first) have their update multiplied by `amplify`, the others by `damp`.
 *
 * State: two coordinates a lane, all first ones before all second ones. Equal to `topKTrajectoryFloat32` where the backend is
 * `bitExact`; on hardware compare distributions, not lanes.
 * @throws TypeError where steps or lanes differ between the arguments, RangeError outside the domains.
 */
export async function topKTrajectory(
  backend: ArrayBackend,
  problem: TwoPointProblem,
  method: MaskedAdam & { readonly k: number },
  schedule: Schedule,
  coins: readonly [CoinTable, CoinTable],
  start: LaneState,
): Promise<LaneResult> {
  const name = 'topKTrajectory';
  assertTrajectory(coins, schedule, start, name);
  if (![0, 1, 2].includes(method.k)) throw new RangeError(`${name}: k 0, 1 or 2, got ${method.k}`);
  const parameters = packParameters(problem, method, method.k, name);
  const [{ steps, lanes, words: words1 }, { words: words2 }] = coins;
  if (steps * lanes === 0) return untouched(start);
  const words = words1.length / lanes;
  const kernel = { kernel: topKKernel, output: [2, lanes], constants: { words, steps } } as const;
  const flat = await backend.run({ name, work: 80 * steps * lanes, width: 4, kernel }, [
    { name: 'coins1', data: words1, shape: [words, lanes] },
    { name: 'coins2', data: words2, shape: [words, lanes] },
    { name: 'schedule', data: concatenated(schedule.stepSizes, schedule.beta1), shape: [2, steps] },
    { name: 'state', data: concatenated(start.position, start.momentum, start.secondMoment), shape: [6, lanes] },
    { name: 'parameters', data: parameters, shape: [parameters.length] },
  ]);
  return unpackLanes(flat);
}
