import { Rational } from './rational.ts';
import type { RationalInterval } from './rational-interval.ts';

/** A polynomial in two variables: entry [i][j] is the coefficient of x^i y^j. */
export type Bivariate = readonly (readonly Rational[])[];

/**
 * How many boxes show that p >= 0 on the rectangle, or undefined where `mostHalvings` in a row do not.
 *
 * On a box, p is a combination of Bernstein polynomials, which are >= 0 there; where all its coefficients are >= 0, p is.
 * Otherwise the box is halved, both ways in turn. A zero is allowed where a Bernstein coefficient is 0, so at a corner, but a
 * zero in the interior is never decided. Source: Garloff, Convergent bounds for the range of multivariate polynomials, 1986.
 */
export function boxesOfSign(
  p: Bivariate,
  x: RationalInterval,
  y: RationalInterval,
  mostHalvings: number,
): number | undefined {
  const width = Math.max(...p.map((row) => row.length));
  const rows = p.map((row) => Array.from({ length: width }, (_, j) => row[j] ?? Rational.ZERO));
  const unit = transposed(transposed(rows.map((row) => toUnit(row, y))).map((column) => toUnit(column, x)));
  return decided(transposed(transposed(unit.map(bernstein)).map(bernstein)), mostHalvings, 'x');
}

const transposed = (rows: Bivariate): Bivariate =>
  (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] ?? Rational.ZERO));

/** q(t) = p(lo + (hi - lo) t), by Horner's rule. */
const toUnit = (p: readonly Rational[], { lo, hi }: RationalInterval): readonly Rational[] =>
  p.reduceRight<readonly Rational[]>((value, c) => {
    const shifted = [...value.map((v) => v.times(lo)), Rational.ZERO];
    const moved = value.map((v) => v.times(hi.minus(lo)));
    return shifted.map((v, k) => (k === 0 ? v.plus(c) : v.plus(moved[k - 1] ?? Rational.ZERO))).slice(0, p.length);
  }, []);

/** The Bernstein coefficients of a polynomial on [0, 1]: sum_k C(i, k)/C(n, k) a_k. */
function bernstein(p: readonly Rational[]): readonly Rational[] {
  const n = p.length - 1;
  return p.map((_, i) =>
    Rational.sum(p.slice(0, i + 1).map((a, k) => a.times(Rational.of(choose(i, k), choose(n, k))))),
  );
}

function choose(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 1; i <= k; i += 1) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}

function decided(b: Bivariate, halvings: number, across: 'x' | 'y'): number | undefined {
  if (b.every((row) => row.every((c) => c.sign() >= 0))) return 1;
  if (halvings === 0) return undefined;
  const lines = across === 'y' ? b : transposed(b);
  const halves = lines.map(halved);
  const parts = [halves.map(([left]) => left), halves.map(([, right]) => right)];
  let boxes = 0;
  for (const part of parts) {
    const found = decided(across === 'y' ? part : transposed(part), halvings - 1, across === 'x' ? 'y' : 'x');
    if (found === undefined) return undefined;
    boxes += found;
  }
  return boxes;
}

/** The coefficients on the two halves (de Casteljau). */
function halved(b: readonly Rational[]): readonly [readonly Rational[], readonly Rational[]] {
  const left: Rational[] = [];
  const right: Rational[] = [];
  let level = b;
  while (level.length > 0) {
    left.push(level[0] ?? Rational.ZERO);
    right.unshift(level[level.length - 1] ?? Rational.ZERO);
    level = level.slice(1).map((c, k) => c.plus(level[k] ?? Rational.ZERO).times(Rational.of(1, 2)));
  }
  return [left, right];
}
