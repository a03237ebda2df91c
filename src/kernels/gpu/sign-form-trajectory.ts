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

/** Whole trajectory of one lane. Parameters: components, beta2, epsilon, amplify, damp, unused. */
function signFormKernel(
  this: KernelThis<'words' | 'steps'>,
  coins: number[][],
  schedule: number[][],
  state: number[][],
  parameters: number[],
): number[] {
  let x = state[0]![this.thread.x]!;
  let m = state[1]![this.thread.x]!;
  let v = state[2]![this.thread.x]!;
  let slopes = 0;
  let step = 0;
  for (let w = 0; w < this.constants.words; w++) {
    let word = coins[w]![this.thread.x]!;
    for (let bit = 0; bit < 24; bit++) {
      const half = Math.floor(word * 0.5);
      const heavy = word - 2 * half;
      word = half;
      if (step < this.constants.steps) {
        let q = 1;
        if (x < -1) {
          q = x + 2;
          if (q < -1) {
            q = -1;
          }
        }
        let g = -q;
        if (heavy > 0.5) {
          g = parameters[0]! * q;
        }
        const beta1 = schedule[1]![step]!;
        m = beta1 * m + (1 - beta1) * g;
        v = parameters[1]! * v + (1 - parameters[1]!) * g * g;
        let factor = parameters[4]!;
        if (m * g > 0) {
          factor = parameters[3]!;
        }
        x = x - schedule[0]![step]! * (factor * (m / (Math.sqrt(v) + parameters[2]!)));
        slopes = slopes + q * q;
      }
      step = step + 1;
    }
  }
  return [x, m, v, slopes];
}

/**
 * Whole trajectories in float32, one lane a thread, of Adam whose update is multiplied by `amplify` where m g > 0, else by `damp`
 * (Adam, Cautious, the sign form of MGUP), on a `TwoPointProblem` with given draws.
 *
 * m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g g; x -= stepSize (factor (m / (sqrt v + epsilon))).
 * The result is a state, so a trajectory can be continued. Equal to `signFormTrajectoryFloat32` where the backend is `bitExact`; on
 * hardware a mask may flip where m g is within its rounding error of 0, so compare distributions there, not lanes.
 * @throws TypeError where steps or lanes differ between the arguments, RangeError outside the domains.
 */
export async function signFormTrajectory(
  backend: ArrayBackend,
  problem: TwoPointProblem,
  method: MaskedAdam,
  schedule: Schedule,
  coins: CoinTable,
  start: LaneState,
): Promise<LaneResult> {
  const name = 'signFormTrajectory';
  assertTrajectory([coins], schedule, start, name);
  const parameters = packParameters(problem, method, 0, name);
  const { steps, lanes } = coins;
  if (steps * lanes === 0) return untouched(start);
  const words = coins.words.length / lanes;
  const kernel = { kernel: signFormKernel, output: [lanes], constants: { words, steps } } as const;
  const flat = await backend.run({ name, work: 20 * steps * lanes, width: 4, kernel }, [
    { name: 'coins', data: coins.words, shape: [words, lanes] },
    { name: 'schedule', data: concatenated(schedule.stepSizes, schedule.beta1), shape: [2, steps] },
    { name: 'state', data: concatenated(start.position, start.momentum, start.secondMoment), shape: [3, lanes] },
    { name: 'parameters', data: parameters, shape: [parameters.length] },
  ]);
  return unpackLanes(flat);
}
