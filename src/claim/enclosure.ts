import type { Interval } from '../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../kernels/exact/rational.ts';

/**
 * A real number known to lie in [lo, hi].
 *
 * `lo === hi` means that it is known exactly; where the exact value is a rational that is no double, `at` holds it as a
 * fraction string and [lo, hi] is the tightest double interval around it.
 */
export interface Enclosure {
  readonly lo: number;
  readonly hi: number;
  readonly at?: string;
}

/** An exactly known number. */
export function exactly(value: Numeric | Rational): Enclosure {
  if (typeof value === 'number') return { lo: value, hi: value };
  const rational = value instanceof Rational ? value : Rational.from(value);
  const [lo, hi] = [rational.lowerDouble(), rational.upperDouble()];
  return lo === hi ? { lo, hi } : { lo, hi, at: rational.toString() };
}

/**
 * An exactly computed number that may differ from the wanted one by at most `radius` (0 keeps it exact).
 * @throws RangeError where the radius is negative or NaN.
 */
export function within(value: Numeric | Rational, radius: number): Enclosure {
  if (!(radius >= 0)) throw new RangeError(`within: radius >= 0, got ${radius}`);
  if (radius === 0) return exactly(value);
  if (radius === Number.POSITIVE_INFINITY) return { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY };
  const centre = value instanceof Rational ? value : Rational.from(value);
  const spread = Rational.from(radius);
  return { lo: centre.minus(spread).lowerDouble(), hi: centre.plus(spread).upperDouble() };
}

/** The enclosure of an interval result. */
export const enclosing = ({ lo, hi }: Interval): Enclosure => ({ lo, hi });

/** The exact value where it is known. */
export function exactValue(enclosure: Enclosure): Rational | undefined {
  if (enclosure.at !== undefined) return Rational.from(enclosure.at);
  return enclosure.lo === enclosure.hi && Number.isFinite(enclosure.lo) ? Rational.from(enclosure.lo) : undefined;
}
