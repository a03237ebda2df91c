import { drawsRare, slopeFactor } from '../problems/two-point.ts';

/** Adam whose update is multiplied by `amplify` where it is aligned with the gradient, by `damp` elsewhere. */
export interface MaskedAdamSettings {
  readonly components: number;
  readonly dimension: number;
  /** The number of coordinates that are amplified, those of largest score; absent for the sign form (every aligned one). */
  readonly k?: number;
  readonly amplify: number;
  readonly damp: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * The positions after `steps` steps of one lane on `dimension` independent copies of the two-point problem.
 *
 * m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g²; x -= eta sqrt(1 - beta2^t)/(1 - beta1^t) phi m/(sqrt v + epsilon),
 * phi by the sign of m g or by the rank of the score u g (ties: the lower index first). Coordinate c of a lane draws as
 * lane * dimension + c.
 */
export function maskedAdamLane(
  settings: MaskedAdamSettings,
  {
    start,
    steps,
    seed,
    lane,
  }: { readonly start: number; readonly steps: number; readonly seed: number; readonly lane: number },
): readonly number[] {
  const { components, dimension, k, amplify, damp, learningRate, beta1, beta2, epsilon } = settings;
  const x = new Array<number>(dimension).fill(start);
  const [m, v, u, s] = [0, 1, 2, 3].map(() => new Array<number>(dimension).fill(0)) as [
    number[],
    number[],
    number[],
    number[],
  ];
  let [power1, power2] = [1, 1];
  for (let t = 0; t < steps; t += 1) {
    power1 *= beta1;
    power2 *= beta2;
    const eta = (learningRate * Math.sqrt(1 - power2)) / (1 - power1);
    for (let c = 0; c < dimension; c += 1) {
      const q = slopeFactor(x[c] ?? 0);
      const g = drawsRare(seed, components, t, lane * dimension + c) ? components * q : -q;
      const next = beta1 * (m[c] ?? 0) + (1 - beta1) * g;
      const second = beta2 * (v[c] ?? 0) + (1 - beta2) * g * g;
      m[c] = next;
      v[c] = second;
      const update = second === 0 ? 0 : next / (Math.sqrt(second) + epsilon);
      u[c] = update;
      s[c] = k === undefined ? next * g : update * g;
    }
    for (let c = 0; c < dimension; c += 1) {
      const score = s[c] ?? 0;
      const isAmplified = k === undefined ? score > 0 : rank(s, c) < k;
      x[c] = (x[c] ?? 0) - eta * (isAmplified ? amplify : damp) * (u[c] ?? 0);
    }
  }
  return x;
}

/** How many scores come before that of c: larger ones, and equal ones of lower index. */
function rank(scores: readonly number[], c: number): number {
  const own = scores[c] ?? 0;
  let before = 0;
  for (const [j, score] of scores.entries()) if (score > own || (score === own && j < c)) before += 1;
  return before;
}
