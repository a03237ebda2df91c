import { type Numeric, Rational } from '../exact/rational.ts';

export interface CautiousDriftBound {
  /** D_C is at most this. */
  readonly bound: Rational;
  /** The number k of steps without a pulse that gives the best bound. */
  readonly steps: number;
}

/**
 * D_C <= b/n^2 + (1-b) - max_k (1-1/n)^k (1 - b^k (1+1/n)), where n (1-b) >= b.
 *
 * Proof: there D_C = b/n^2 + (1-b) - E m^- (`cautiousDrift`). With probability (1-1/n)^k the last k steps bring no pulse; then
 * m_k = -1 + b^k (1 + m_0) with m_0 independent of it, E m_0 = 1/n, and Jensen's inequality for x^- gives
 * E m^- >= (1-1/n)^k (1 - b^k (1+1/n)) for every k.
 *
 * The k-th value is (1-1/n)^k times 1 - c e^(-lambda k), both log-concave in k where positive, so that the first descent
 * from a positive value ends the search. It is exact over the rationals; b = 0 gives k = 1.
 * @throws RangeError unless components >= 2 is an integer, 0 <= b < 1 and n (1-b) >= b.
 */
export function cautiousDriftBound(components: number, momentum: Numeric | Rational): CautiousDriftBound {
  const b = momentum instanceof Rational ? momentum : Rational.from(momentum);
  if (!Number.isSafeInteger(components) || components < 2) {
    throw new RangeError(`cautiousDriftBound: an integer components >= 2, got ${components}`);
  }
  const n = Rational.of(components);
  if (b.sign() < 0 || n.times(Rational.ONE.minus(b)).lessThan(b)) {
    throw new RangeError(
      `cautiousDriftBound: 0 <= momentum and n (1 - momentum) >= momentum, got ${b} at n = ${components}`,
    );
  }
  const p = Rational.of(1, components);
  const quiet = Rational.ONE.minus(p);
  const grown = Rational.ONE.plus(p);
  let best = { value: Rational.ZERO, steps: 0 };
  let [weight, decay] = [Rational.ONE, Rational.ONE];
  for (let steps = 1; ; steps += 1) {
    weight = weight.times(quiet);
    decay = decay.times(b);
    const value = weight.times(Rational.ONE.minus(decay.times(grown)));
    if (best.value.lessThan(value)) best = { value, steps };
    else if (best.value.sign() > 0) break;
  }
  return { bound: b.times(p).times(p).plus(Rational.ONE.minus(b)).minus(best.value), steps: best.steps };
}
