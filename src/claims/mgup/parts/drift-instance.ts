import { Rational } from '../../../kernels/exact/rational.ts';

/** The example with n = components and beta1 = momentum, a double taken at its exact value. */
export interface DriftInstance {
  readonly components: number;
  readonly momentum: number;
}

/** Every pair with n(1-b) >= b. */
export const gridOf = (components: readonly number[], momenta: readonly number[]): readonly DriftInstance[] =>
  components.flatMap((n) => momenta.filter((b) => n * (1 - b) >= b).map((momentum) => ({ components: n, momentum })));

/** 1 + p/q. */
export const aboveOne = (p: number, q: number): Rational => Rational.ONE.plus(Rational.of(p, q));
