/**
 * e^x by + and * alone, so that every engine gives the same bits (Math.exp differs between them in the last place).
 *
 * x = k + r with k an integer and |r| <= 1/2: the Taylor polynomial of degree 16 of e^(r/8), squared three times, times e^k by
 * repeated squaring. Relative error below 64 u for |x| <= 64 (truncation (1/16)^17/17! is far below u); 0 below -700, and no
 * more than the largest double.
 */
export function portableExp(x: number): number {
  if (x < -700) return 0;
  const k = Math.round(x);
  const r = (x - k) / 8;
  let term = 1;
  let sum = 1;
  for (let j = 1; j <= 16; j += 1) {
    term = (term * r) / j;
    sum += term;
  }
  const fraction = sum * sum * (sum * sum);
  let whole = 1;
  let square = k < 0 ? 1 / Math.E : Math.E;
  for (let rest = Math.abs(k); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) whole *= square;
    square *= square;
  }
  return fraction * fraction * whole;
}

/** tanh x = (1 - e^(-2|x|)) / (1 + e^(-2|x|)) with the sign of x, to a few u absolutely. */
export function portableTanh(x: number): number {
  const t = portableExp(-2 * Math.abs(x));
  const size = (1 - t) / (1 + t);
  return x < 0 ? -size : size;
}
