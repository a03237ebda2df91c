/** The unit roundoff u of round-to-nearest in each format: |fl(x) - x| <= u |x| in the normal range (IEEE 754; bfloat16 has 8 significant bits). */
export const UNIT_ROUNDOFF = { float64: 2 ** -53, float32: 2 ** -24, bfloat16: 2 ** -8 } as const;

/** The smallest positive normal number of each format. */
export const SMALLEST_NORMAL = { float64: 2 ** -1022, float32: 2 ** -126, bfloat16: 2 ** -126 } as const;

/** The largest finite number of each format. */
export const LARGEST_FINITE = {
  float64: Number.MAX_VALUE,
  float32: (2 - 2 ** -23) * 2 ** 127,
  bfloat16: (2 - 2 ** -7) * 2 ** 127,
} as const;

/** gamma_k = k u / (1 - k u) (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1); Infinity from k u >= 1 on. */
export const gamma = (k: number, u: number): number => (k * u < 1 ? (k * u) / (1 - k * u) : Number.POSITIVE_INFINITY);
