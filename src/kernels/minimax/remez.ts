import { isolateRoots } from '../exact/isolate-roots.ts';
import { solveLinear } from '../exact/linear-solve.ts';
import { derivative, evaluate, type Polynomial, polynomial } from '../exact/polynomial.ts';
import { Rational } from '../exact/rational.ts';

const MOST_EXCHANGES = 40;

/**
 * The best odd polynomial of degree 2q + 1 on [lower, upper] for any q >= 0, by Remez' exchange of all points in rational
 * arithmetic rounded to 2^-bits: slower than `oddMinimax` and independent of it. Ends when the error at the points is within the
 * factor 1 + 2^(-bits/4) of the error on the interval.
 * @throws RangeError unless 0 < lower < upper, and where the exchange does not settle.
 */
export function remez(lower: Rational, upper: Rational, q: number, bits: number): Polynomial {
  if (!(lower.sign() > 0 && lower.lessThan(upper)))
    throw new RangeError(`remez: 0 < lower < upper, got ${lower} and ${upper}`);
  const close = Rational.of(1n, 1n << BigInt(Math.floor(bits / 4)));
  const width = Rational.of(1n, 1n << BigInt(bits));
  let nodes = chebyshevPoints(lower, upper, q).map((x) => x.roundedDown(bits));
  for (let k = 0; k < MOST_EXCHANGES; k += 1) {
    const { p, level } = equioscillating([lower, ...nodes, upper], q, bits);
    const inner = isolateRoots(derivative(p), lower, upper, width).map(({ lo }) => lo);
    if (inner.length !== q) throw new RangeError(`remez: ${q} critical points inside, got ${inner.length}`);
    const worst = Rational.max(
      Rational.ZERO,
      ...[lower, ...inner, upper].map((x) => Rational.ONE.minus(evaluate(p, x)).absolute()),
    );
    if (worst.minus(level).atMost(level.times(close))) return p;
    nodes = inner;
  }
  throw new RangeError(`remez: an exchange that settles, got none on [${lower}, ${upper}]`);
}

/** Rough inner extremal points: any increasing ones would do, these are of the right density. */
function chebyshevPoints(lower: Rational, upper: Rational, q: number): readonly Rational[] {
  return Array.from({ length: q }, (_, i) => {
    const weight = Rational.from((1 - Math.cos(((i + 1) * Math.PI) / (q + 1))) / 2);
    return lower.plus(upper.minus(lower).times(weight));
  });
}

/** The odd p and E > 0 with 1 - p(x_i) = (-1)^i E, p rounded. */
function equioscillating(nodes: readonly Rational[], q: number, bits: number) {
  const rows = nodes.map((x, i) => [
    ...Array.from({ length: q + 1 }, (_, j) => x.power(2 * j + 1)),
    Rational.of(i % 2 === 0 ? 1 : -1),
  ]);
  const solved = solveLinear(
    rows,
    nodes.map(() => Rational.ONE),
  );
  if (solved.kind !== 'solvable') throw new RangeError('remez: distinct points, got a singular system');
  const odd = solved.solution.slice(0, q + 1).map((c) => c.roundedDown(bits));
  const level = (solved.solution[q + 1] ?? Rational.ZERO).absolute();
  return { p: polynomial(odd.flatMap((c) => [Rational.ZERO, c])), level };
}
