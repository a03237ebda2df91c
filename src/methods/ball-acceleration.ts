/** One answer of a ball oracle of fixed radius at y. */
export interface BallAnswer {
  /** u, a minimiser over the ball. */
  readonly point: readonly number[];
  /** c > 0 with c (y - u) a subgradient at u. */
  readonly multiplier: number;
  /** Whether the ball held a minimiser, which u then is. */
  readonly isOptimal: boolean;
}

export interface AcceleratedRun {
  /** x_0, x_1, …; the minimiser last where one was found. */
  readonly points: readonly (readonly number[])[];
  readonly oracleCalls: number;
  /** The index of the minimiser, or null. */
  readonly optimalAfter: number | null;
}

/**
 * Monteiro-Svaiter acceleration of the ball oracle without bisection (Carmon, Hausler, Jambulapati, Jin, Sidford,
 * arXiv 2205.15371), with an exact oracle.
 *
 * guess is the lambda' of the print, tried before the ball is known, c the lambda |g|/r that the ball turns out to have.
 * Where c exceeds the guess the step is damped by guess/c and the guess raised by alpha, else lowered.
 * @throws RangeError unless alpha > 1.
 */
export function ballAcceleration(
  oracle: (y: readonly number[]) => BallAnswer,
  start: readonly number[],
  { alpha, maximumCalls }: { readonly alpha: number; readonly maximumCalls: number },
): AcceleratedRun {
  if (!(alpha > 1)) throw new RangeError(`ballAcceleration: alpha > 1, got ${alpha}`);
  const points = [start];
  let [x, v, A, guess] = [start, start, 0, 0];
  for (let oracleCalls = 1; oracleCalls <= maximumCalls; oracleCalls++) {
    const trial = A === 0 ? 0 : trialWeight(guess, A);
    const y = A === 0 ? start : combination(A / (A + trial), x, trial / (A + trial), v);
    const { point: u, multiplier: c, isOptimal } = oracle(y);
    if (isOptimal) return { points: [...points, u], oracleCalls, optimalAfter: points.length };
    // the first ball sets the guess, which is then right
    if (A === 0) guess = c;
    const weight = A === 0 ? trialWeight(c, 0) : trial;
    const damping = Math.min(1, guess / c);
    const step = damping * weight;
    const next = A + step;
    x = combination(((1 - damping) * A) / next, x, (damping * (A + weight)) / next, u);
    v = v.map((value, i) => value - step * c * ((y[i] ?? 0) - (u[i] ?? 0)));
    A = next;
    guess = damping === 1 ? guess / alpha : guess * alpha;
    points.push(x);
  }
  return { points, oracleCalls: maximumCalls, optimalAfter: null };
}

/** a' with lambda' a'^2 = A + a'. */
const trialWeight = (guess: number, A: number): number => (1 + Math.sqrt(1 + 4 * guess * A)) / (2 * guess);

const combination = (p: number, x: readonly number[], q: number, z: readonly number[]): readonly number[] =>
  x.map((value, i) => p * value + q * (z[i] ?? 0));
