import { solveLinear } from '../exact/linear-solve.ts';
import { Rational } from '../exact/rational.ts';
import type { OddMinimax } from './odd-minimax-type.ts';

/** What relative changes of the ends do to the best polynomial: derivatives times the end. */
export interface Sensitivity {
  /** l times the derivatives of a, b, c by l. */
  readonly lower: readonly Rational[];
  /** u times those by u. */
  readonly upper: readonly Rational[];
  /** l dE/dl = -u dE/du. */
  readonly error: Rational;
}

const NEGLIGIBLE = Rational.of(1n, 1n << 64n);

/**
 * l d/dl and u d/du of (a, b, c) and E on [l, u].
 *
 * Differentiating p(x_i) + (-1)^i E = 1 with p' = 0 at the inner x_i leaves one equation with a right-hand side:
 * dp(l) + dE = -p'(l) dl, dp(x_i) + (-1)^i dE = 0 elsewhere. The equations are solved exactly, since they are nearly dependent for
 * l near u while their solution is harmless. p(x; l, u) = p(x/u; l/u, 1) gives the other end: a, b, c have the degrees -1, -3,
 * -5 in (l, u) and E has degree 0 (Euler). For l/u below 2^-64 the derivatives are those at l = 0 up to this relative error:
 * nothing but p(l) = a l depends on l.
 */
export function sensitivity({ coefficients, nodes, least }: OddMinimax): Sensitivity {
  const used = nodes.length - 1;
  const [l, u] = [nodes[0] ?? Rational.ZERO, nodes[used] ?? Rational.ONE];
  if (l.lessThan(u.times(NEGLIGIBLE))) {
    const none = coefficients.map(() => Rational.ZERO);
    return { lower: none, upper: scaling(coefficients, none), error: least.negated() };
  }
  const rows = nodes.map((x, i) => [
    ...Array.from({ length: used }, (_, j) => x.power(2 * j + 1)),
    Rational.of(i % 2 === 0 ? 1 : -1),
  ]);
  const slope = slopeAtLower(coefficients, nodes, l);
  const solved = solveLinear(
    rows,
    nodes.map((_, i) => (i === 0 ? slope.times(l).negated() : Rational.ZERO)),
  );
  if (solved.kind !== 'solvable') throw new RangeError('sensitivity: distinct nodes, got a singular system');
  const found = solved.solution;
  const lower = coefficients.map((_, j) => (j < used ? (found[j] ?? Rational.ZERO) : Rational.ZERO));
  return { lower, upper: scaling(coefficients, lower), error: found[used] ?? Rational.ZERO };
}

/** By homogeneity, from the derivatives by the other end. */
const scaling = (coefficients: readonly Rational[], lower: readonly Rational[]): readonly Rational[] =>
  coefficients.map((c, j) => c.times(Rational.of(-(2 * j + 1))).minus(lower[j] ?? Rational.ZERO));

/** p'(l) from the factors of p', which vanishes at the inner nodes: p' = a prod (1 - l²/x_i²). */
const slopeAtLower = ([a]: OddMinimax['coefficients'], nodes: readonly Rational[], l: Rational): Rational =>
  nodes.slice(1, -1).reduce((product, x) => {
    const quotient = l.dividedBy(x);
    return product.times(Rational.ONE.minus(quotient).times(Rational.ONE.plus(quotient)));
  }, a);
