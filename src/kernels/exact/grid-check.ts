import { Rational } from './rational.ts';
import type { RationalExpression } from './rational-expression.ts';

type Point = Readonly<Record<string, Rational>>;

/** The values of numerator and denominator: no division, so that no point is lost. */
interface Fraction {
  readonly n: Rational;
  readonly d: Rational;
}

/**
 * Whether the numerator of a rational function vanishes on a grid of degree + 1 rational points for each variable, where
 * degree bounds that of the numerator in the variable.
 *
 * Then it is the zero polynomial, so this is a proof, not a sample. In one variable: a polynomial of degree at most D with
 * D + 1 zeros is 0. In more: for each point of the grid of the other variables it is one in the last variable with
 * D + 1 zeros, hence its coefficients vanish at that point; they are polynomials in the other variables within the
 * same degree bounds that vanish on their whole grid, so by induction they are 0 (Alon, Combinatorial Nullstellensatz,
 * lemma 2.1). The bounds are read off the expression as it is written, where sums of quotients cross-multiply. Its
 * denominator must not vanish on the whole grid, a quotient of 0/0 everywhere.
 * @throws RangeError where it does.
 */
export function vanishesOnGrid(expression: RationalExpression): boolean {
  const names = [...variables(expression)].sort();
  const sizes = names.map((name) => {
    const { n, d } = degreeBounds(expression, name);
    return Math.max(n, d) + 1;
  });
  let defined = false;
  for (const point of grid(names, sizes)) {
    const { n, d } = valueAt(expression, point);
    if (n.sign() !== 0) return false;
    defined ||= d.sign() !== 0;
  }
  if (!defined) throw new RangeError('vanishesOnGrid: a denominator != 0, got one that vanishes identically');
  return true;
}

function* variables(expression: RationalExpression): Generator<string> {
  if (expression.kind === 'variable') yield expression.name;
  else if (expression.kind === 'power') yield* new Set(variables(expression.base));
  else if (expression.kind !== 'constant') {
    yield* new Set([...variables(expression.left), ...variables(expression.right)]);
  }
}

/** Every point with coordinates in 0, 1, -1, 2, -2, …, as many as the size says. */
function* grid(names: readonly string[], sizes: readonly number[]): Generator<Point> {
  const [name, ...otherNames] = names;
  const [size = 0, ...otherSizes] = sizes;
  if (name === undefined) {
    yield {};
    return;
  }
  for (let k = 0; k < size; k += 1) {
    const x = Rational.of(k % 2 === 0 ? -k / 2 : (k + 1) / 2);
    for (const rest of grid(otherNames, otherSizes)) yield { ...rest, [name]: x };
  }
}

/** Bounds of the degrees of numerator and denominator in one variable. */
function degreeBounds(expression: RationalExpression, name: string): { readonly n: number; readonly d: number } {
  if (expression.kind === 'constant') return { n: 0, d: 0 };
  if (expression.kind === 'variable') return { n: expression.name === name ? 1 : 0, d: 0 };
  if (expression.kind === 'power') {
    const { n, d } = degreeBounds(expression.base, name);
    const e = expression.exponent;
    return e >= 0 ? { n: n * e, d: d * e } : { n: -d * e, d: -n * e };
  }
  const [left, right] = [degreeBounds(expression.left, name), degreeBounds(expression.right, name)];
  if (expression.kind === 'product') return { n: left.n + right.n, d: left.d + right.d };
  if (expression.kind === 'quotient') return { n: left.n + right.d, d: left.d + right.n };
  return { n: Math.max(left.n + right.d, left.d + right.n), d: left.d + right.d };
}

function valueAt(expression: RationalExpression, point: Point): Fraction {
  if (expression.kind === 'constant') return { n: expression.value, d: Rational.ONE };
  if (expression.kind === 'variable') return { n: point[expression.name] ?? Rational.ZERO, d: Rational.ONE };
  if (expression.kind === 'power') {
    const { n, d } = valueAt(expression.base, point);
    const e = Math.abs(expression.exponent);
    return expression.exponent >= 0 ? { n: n.power(e), d: d.power(e) } : { n: d.power(e), d: n.power(e) };
  }
  const [{ n: a, d: b }, { n: c, d }] = [valueAt(expression.left, point), valueAt(expression.right, point)];
  if (expression.kind === 'product') return { n: a.times(c), d: b.times(d) };
  if (expression.kind === 'quotient') return { n: a.times(d), d: b.times(c) };
  const [left, right] = [a.times(d), c.times(b)];
  return { n: expression.kind === 'sum' ? left.plus(right) : left.minus(right), d: b.times(d) };
}
