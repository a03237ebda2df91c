import { Rational } from '../kernels/exact/rational.ts';
import type { Relation } from './claim.ts';
import { type Enclosure, exactValue } from './enclosure.ts';

export type Verdict = 'holds' | 'violated' | 'within-rounding';

type End = Rational | number;

/** -1, 0 or 1; the infinities are numbers, everything else is compared exactly. */
function compare(a: End, b: End): -1 | 0 | 1 {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'number' && !Number.isFinite(a)) return a > 0 ? 1 : -1;
  if (typeof b === 'number' && !Number.isFinite(b)) return b > 0 ? -1 : 1;
  return (typeof a === 'number' ? Rational.from(a) : a).compare(typeof b === 'number' ? Rational.from(b) : b);
}

const ends = (e: Enclosure): readonly [End, End] => {
  const value = e.at === undefined ? undefined : exactValue(e);
  return value === undefined ? [e.lo, e.hi] : [value, value];
};

/**
 * A malformed enclosure means that the claim is broken, which must never look like a refutation.
 * @throws RangeError on NaN, reversed ends, or an `at` outside [lo, hi].
 */
export function assertEnclosure(e: Enclosure, name: string): void {
  if (Number.isNaN(e.lo) || Number.isNaN(e.hi))
    throw new RangeError(`${name}: an enclosure without NaN, got [${e.lo}, ${e.hi}]`);
  if (e.lo > e.hi) throw new RangeError(`${name}: an enclosure with lo <= hi, got [${e.lo}, ${e.hi}]`);
  if (e.at !== undefined) {
    const value = Rational.from(e.at);
    if (compare(value, e.lo) < 0 || compare(value, e.hi) > 0) {
      throw new RangeError(`${name}: an exact value inside [${e.lo}, ${e.hi}], got ${e.at}`);
    }
  }
}

/**
 * Compares what was measured with what bounds it.
 *
 * at-most: *holds* when every point of the left is at most every point of the right, *violated* when every point of it
 * is greater; *within rounding* otherwise. at-least mirrors it. equals: *holds* when both are known exactly and agree,
 * *violated* when no point is common.
 * @throws RangeError on a malformed enclosure.
 */
export function judge(relation: Relation, measured: Enclosure, bound: Enclosure): Verdict {
  assertEnclosure(measured, 'measure');
  assertEnclosure(bound, 'bound');
  const [left, right] = relation === 'at-least' ? [bound, measured] : [measured, bound];
  const [leftLo, leftHi] = ends(left);
  const [rightLo, rightHi] = ends(right);
  if (relation === 'equals') {
    if (compare(leftLo, rightHi) > 0 || compare(rightLo, leftHi) > 0) return 'violated';
    return compare(leftLo, leftHi) === 0 && compare(rightLo, rightHi) === 0 ? 'holds' : 'within-rounding';
  }
  if (compare(leftHi, rightLo) <= 0) return 'holds';
  return compare(leftLo, rightHi) > 0 ? 'violated' : 'within-rounding';
}

/**
 * measured / bound for at-most and equals, bound / measured for at-least, as an enclosure; 1 is equality, more is a
 * violation. Undefined for 0/0, where the denominator may vanish, and for ends at infinity.
 */
export function ratioOf(relation: Relation, measured: Enclosure, bound: Enclosure): Enclosure | undefined {
  const [above, below] = relation === 'at-least' ? [bound, measured] : [measured, bound];
  const [numerator, denominator] = [exactValue(above), exactValue(below)];
  if (numerator !== undefined && denominator !== undefined) {
    if (denominator.sign() === 0) return undefined;
    const quotient = numerator.dividedBy(denominator);
    const [lo, hi] = [quotient.lowerDouble(), quotient.upperDouble()];
    return lo === hi ? { lo, hi } : { lo, hi, at: quotient.toString() };
  }
  if (below.lo <= 0 && below.hi >= 0) return undefined;
  const quotients = [above.lo / below.lo, above.lo / below.hi, above.hi / below.lo, above.hi / below.hi];
  if (quotients.some((q) => !Number.isFinite(q))) return undefined;
  return { lo: Math.min(...quotients), hi: Math.max(...quotients) };
}
