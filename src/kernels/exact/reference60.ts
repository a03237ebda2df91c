import { mathjsDecimals } from './mathjs.ts';
import { type Numeric, Rational } from './rational.ts';

const DIGITS = 60;

/** A BigNumber of mathjs. */
interface Decimal {
  isFinite(): boolean;
  dividedBy(other: Decimal): Decimal;
  toSignificantDigits(digits: number): { toString(): string };
}

/**
 * The value of an expression (any real functions of mathjs on decimals: exp, log, sqrt, cbrt, sin, atan, …) to 60 digits,
 * in decimal notation: the reference that float64 results are compared with in tests. Not an enclosure.
 *
 * It is computed with more and more digits, twice as many each time, until two results in a row agree in all 60: that
 * covers cancellation. Variables have the exact values of their doubles or fraction strings; so have quotients in the
 * expression, but a decimal constant means what it says (0.1 is 1/10).
 * @throws RangeError where the value is not real and finite, or is a difference that cancels in all digits (of sqrt(2)^2
 * and 2, say: 0 is found only where every intermediate result is exact).
 */
export function reference60(expression: string, scope: Readonly<Record<string, Numeric | Rational>> = {}): string {
  let previous: string | undefined;
  for (let digits = DIGITS + 20; digits <= 16 * DIGITS; digits *= 2) {
    const value = evaluated(expression, scope, digits);
    if (value === previous) return value;
    previous = value;
  }
  throw new RangeError(`reference60: a value with 60 digits that settle, got ${previous} for ${expression}`);
}

function evaluated(expression: string, scope: Readonly<Record<string, Numeric | Rational>>, digits: number): string {
  const math = mathjsDecimals(digits);
  const decimal = (n: bigint): Decimal => math.evaluate(`${n}`, {}) as Decimal;
  const decimals = Object.entries(scope).map(([name, value]) => {
    const { numerator, denominator } = Rational.from(value);
    return [name, decimal(numerator).dividedBy(decimal(denominator))] as const;
  });
  const value = math.evaluate(expression, Object.fromEntries(decimals));
  if (math.typeOf(value) !== 'BigNumber' || !(value as Decimal).isFinite())
    throw new RangeError(`reference60: a finite real value, got ${value} for ${expression}`);
  return (value as Decimal).toSignificantDigits(DIGITS).toString();
}
