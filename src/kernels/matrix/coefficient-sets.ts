/** The odd map p(x) = a x + b x^3 + c x^5, on a matrix a X + (b A + c A^2) X with A = X X^T. */
export type Coefficients = readonly [a: number, b: number, c: number];

/** One triple a step; the last is repeated. */
export type Schedule = readonly Coefficients[];

/** (3x - x^3)/2: the Newton–Schulz iteration for the polar factor (Higham, Functions of Matrices, section 8.3). */
export const CUBIC: Schedule = [[3 / 2, -1 / 2, 0]];

/** (15x - 10x^3 + 3x^5)/8: the next member of the Padé family (Kenney and Laub, SIAM J. Matrix Anal. Appl. 12, 1991). */
export const QUINTIC: Schedule = [[15 / 8, -10 / 8, 3 / 8]];

/**
 * Muon's map (K. Jordan, "Muon", 2024; the default of PyTorch and optax): steep at 0 at the price that singular values
 * end in a band about 1 and never converge.
 */
export const QUINTIC_JORDAN: Schedule = [[3.4445, -4.775, 2.0315]];

/** 2x - 3/2 x^3 + 1/2 x^5: p(1) = 1 and p'(1) = 0 like the quintic above, of order 2 only, steeper at 0 (ibid.). */
export const QUINTIC_STABLE: Schedule = [[2, -3 / 2, 1 / 2]];

/** Five different quintics (J. You, x.com/YouJiacheng/status/1905861218138804534; the default of microsoft/dion). */
export const QUINTIC_YOU: Schedule = [
  [4.0848, -6.8946, 2.927],
  [3.9505, -6.3029, 2.6377],
  [3.7418, -5.5913, 2.3037],
  [2.8769, -3.1427, 1.2046],
  [2.8366, -3.0525, 1.2012],
];

/** The triple of step k (from 0). @throws RangeError for an empty schedule. */
export function coefficientsAt(schedule: Schedule, k: number): Coefficients {
  const triple = schedule[Math.min(k, schedule.length - 1)];
  if (triple === undefined) throw new RangeError('coefficientsAt: at least one triple, got none');
  return triple;
}
