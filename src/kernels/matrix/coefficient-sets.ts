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

/**
 * Six different quintics over 1024 (J. You, x.com/YouJiacheng/status/1893704552689303901, as in docs.modula.systems, algorithms,
 * Newton-Schulz): the list that the authors of Polar Express compare with. Made for six steps.
 */
export const QUINTIC_YOU_SIX: Schedule = (
  [
    [3955, -8306, 5008],
    [3735, -6681, 3463],
    [3799, -6499, 3211],
    [4019, -6385, 2906],
    [2677, -3029, 1162],
    [2172, -1833, 682],
  ] as const
).map(([a, b, c]) => [a / 1024, b / 1024, c / 1024]);

/**
 * The published list of Polar Express for singular values in [1e-3, 1] (Amsel et al., arXiv 2505.16932, Algorithm 2;
 * github.com/NoahAmsel/PolarExpress), without its safety factor: best on [max(l, 0.024 u), u], not on [l, u] (`cushionedSteps`).
 */
export const POLAR_EXPRESS: Schedule = [
  [8.28721201814563, -23.595886519098837, 17.300387312530933],
  [4.107059111542203, -2.9478499167379106, 0.5448431082926601],
  [3.9486908534822946, -2.908902115962949, 0.5518191394370137],
  [3.3184196573706015, -2.488488024314874, 0.51004894012372],
  [2.300652019954817, -1.6689039845747493, 0.4188073119525673],
  [1.891301407787398, -1.2679958271945868, 0.37680408948524835],
  [1.8750014808534479, -1.2500016453999487, 0.3750001645474248],
  [1.875, -1.25, 0.375],
];

/** The cushion with which it is made: the least l_t/u_t that a step is adapted to (ibid., appendix G). */
export const POLAR_EXPRESS_CUSHION = 0.02407327424182761;

/** The factor by which every argument but that of the last map is divided, against growth beyond u_t by rounding (ibid., section 4.3). */
export const POLAR_EXPRESS_SAFETY = 1.01;

/** The published list as it is run: x -> p_t(x/1.01) for all but the last map. */
export const POLAR_EXPRESS_SAFE: Schedule = POLAR_EXPRESS.map(([a, b, c], k) =>
  k === POLAR_EXPRESS.length - 1
    ? [a, b, c]
    : [a / POLAR_EXPRESS_SAFETY, b / POLAR_EXPRESS_SAFETY ** 3, c / POLAR_EXPRESS_SAFETY ** 5],
);

/** The triple of step k (from 0). @throws RangeError for an empty schedule. */
export function coefficientsAt(schedule: Schedule, k: number): Coefficients {
  const triple = schedule[Math.min(k, schedule.length - 1)];
  if (triple === undefined) throw new RangeError('coefficientsAt: at least one triple, got none');
  return triple;
}
