/** The `Math.fround` references of the trajectories; see float32-reference.ts. */
import { type CoinTable, coinAt } from './coin-table.ts';
import type { LaneResult, LaneState, MaskedAdam, Schedule, TwoPointProblem } from './trajectory.ts';

const f = Math.fround;

interface Coordinate {
  x: number;
  m: number;
  v: number;
  slopes: number;
}

/** The moments after one draw, and the update before its factor. */
function drawn(at: Coordinate, heavy: boolean, beta1: number, components: number, method: MaskedAdam) {
  const [beta2, epsilon] = [f(method.beta2), f(method.epsilon)];
  const q = at.x < -1 ? Math.max(f(at.x + 2), -1) : 1;
  const g = heavy ? f(components * q) : -q;
  const m = f(f(beta1 * at.m) + f(f(1 - beta1) * g));
  const v = f(f(beta2 * at.v) + f(f(f(1 - beta2) * g) * g));
  return { g, m, v, slopes: f(at.slopes + f(q * q)), u: f(m / f(f(Math.sqrt(v)) + epsilon)) };
}

type Drawn = ReturnType<typeof drawn>;

/** Runs every lane; `factors` turns the drawn coordinates of a lane into the factors of their updates. */
function run(
  { components }: TwoPointProblem,
  method: MaskedAdam,
  { stepSizes, beta1 }: Schedule,
  coins: readonly CoinTable[],
  start: LaneState,
  factors: (drawn: readonly Drawn[]) => readonly number[],
): LaneResult {
  const lanes = coins[0]?.lanes ?? 0;
  const result = {
    position: start.position.slice(),
    momentum: start.momentum.slice(),
    secondMoment: start.secondMoment.slice(),
    squaredSlopes: new Float32Array(start.position.length),
  };
  for (let lane = 0; lane < lanes; lane++) {
    let state = coins.map((_, c): Coordinate => {
      const at = c * lanes + lane;
      return { x: start.position[at] ?? 0, m: start.momentum[at] ?? 0, v: start.secondMoment[at] ?? 0, slopes: 0 };
    });
    for (const [step, size] of stepSizes.entries()) {
      const next = state.map((at, c) => {
        const table = coins[c];
        return drawn(at, table !== undefined && coinAt(table, step, lane), beta1[step] ?? 0, components, method);
      });
      const chosen = factors(next);
      state = next.map(({ m, v, slopes, u }, c) => {
        const factor = f(chosen[c] ?? 0);
        return { x: f((state[c]?.x ?? 0) - f(size * f(factor * u))), m, v, slopes };
      });
    }
    for (const [c, { x, m, v, slopes }] of state.entries()) {
      const at = c * lanes + lane;
      result.position[at] = x;
      result.momentum[at] = m;
      result.secondMoment[at] = v;
      result.squaredSlopes[at] = slopes;
    }
  }
  return result;
}

/** The reference of `signFormTrajectory`. */
export const signFormTrajectoryFloat32 = (
  problem: TwoPointProblem,
  method: MaskedAdam,
  schedule: Schedule,
  coins: CoinTable,
  start: LaneState,
): LaneResult =>
  run(problem, method, schedule, [coins], start, (drawn) =>
    drawn.map(({ m, g }) => (f(m * g) > 0 ? method.amplify : method.damp)),
  );

/** The reference of `topKTrajectory`. */
export const topKTrajectoryFloat32 = (
  problem: TwoPointProblem,
  method: MaskedAdam & { readonly k: number },
  schedule: Schedule,
  coins: readonly [CoinTable, CoinTable],
  start: LaneState,
): LaneResult =>
  run(problem, method, schedule, coins, start, (drawn) => {
    const scores = drawn.map(({ u, g }) => f(u * g));
    return scores.map((own, i) => {
      const before = scores.filter((other, j) => other > own || (other === own && j < i)).length;
      return before < method.k ? method.amplify : method.damp;
    });
  });
