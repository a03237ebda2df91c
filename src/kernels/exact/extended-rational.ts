import { type IntegerPolynomial, signAt } from './integer-polynomial.ts';
import { type Numeric, Rational } from './rational.ts';

/** An end of an interval that may be unbounded: a rational, a fraction string, a double, or plus or minus Infinity. */
export type End = Rational | Numeric;

const { NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;

/** A rational, or the double plus or minus Infinity. */
export type ExtendedRational = Rational | number;

/** @throws RangeError for NaN, malformed strings, and lo > hi. */
export function orderedEnds(caller: string, lo: End, hi: End): readonly [ExtendedRational, ExtendedRational] {
  const [low, high] = [extended(lo), extended(hi)];
  const reversed =
    low instanceof Rational && high instanceof Rational
      ? high.lessThan(low)
      : low === POSITIVE_INFINITY || high === NEGATIVE_INFINITY;
  if (reversed) throw new RangeError(`${caller}: lo <= hi, got [${low}, ${high}]`);
  return [low, high];
}

const extended = (end: End): ExtendedRational =>
  end === POSITIVE_INFINITY || end === NEGATIVE_INFINITY ? end : Rational.from(end);

/** The sign of p at a rational, or of all its values near an infinity. */
export function signAtEnd(p: IntegerPolynomial, end: ExtendedRational): -1 | 0 | 1 {
  if (end instanceof Rational) return signAt(p, end);
  const lead = p[p.length - 1] ?? 0n;
  const odd = p.length % 2 === 0;
  return lead === 0n ? 0 : lead > 0n === (end > 0 || !odd) ? 1 : -1;
}
