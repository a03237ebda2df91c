import { isolateRoots } from './isolate-roots.ts';
import { derivative, evaluate, evaluateOnInterval, type Polynomial } from './polynomial.ts';
import { Rational } from './rational.ts';
import { addRanges, multiplyRanges, type RationalInterval } from './rational-interval.ts';

/**
 * The ends of an image [min p, max p], each enclosed: a point where it is known exactly.
 *
 * [minimum.lo, maximum.hi] contains the image, and where minimum.hi <= maximum.lo, [minimum.hi, maximum.lo] lies in it.
 */
export interface Image {
  readonly minimum: RationalInterval;
  readonly maximum: RationalInterval;
}

/** The interval that contains the image. */
export const outerImage = ({ minimum, maximum }: Image): RationalInterval => ({ lo: minimum.lo, hi: maximum.hi });

/** The interval that the image contains; undefined where the image is narrower than what is known of its ends. */
export const innerImage = ({ minimum, maximum }: Image): RationalInterval | undefined =>
  maximum.lo.lessThan(minimum.hi) ? undefined : { lo: minimum.hi, hi: maximum.lo };

/**
 * The image of an interval under a polynomial: the least and the greatest of its values at the end points and at the
 * critical points inside.
 *
 * End points are evaluated exactly. A critical point is isolated in an interval of at most `width` (Sturm) with midpoint
 * m: p(m) is attained, and p of the critical point lies in p(m) + p'(J)(J - m) on that interval J, which is wide as
 * width^2 since p' vanishes in J. The image of a point and of a constant is a point.
 * @throws RangeError where width <= 0.
 */
export function imageOfInterval(p: Polynomial, domain: RationalInterval, width: Rational): Image {
  if (width.sign() <= 0) throw new RangeError(`imageOfInterval: width > 0, got ${width}`);
  const slope = derivative(p);
  const [atLo, atHi] = [evaluate(p, domain.lo), evaluate(p, domain.hi)];
  const critical = slope.length === 0 ? [] : isolateRoots(slope, domain.lo, domain.hi, width);
  const values = critical.map((around) => valueNear(p, slope, around));
  const attained = values.map(({ atMidpoint }) => atMidpoint);
  return {
    minimum: {
      lo: Rational.min(atLo, atHi, ...values.map(({ range }) => range.lo)),
      hi: Rational.min(atLo, atHi, ...attained),
    },
    maximum: {
      lo: Rational.max(atLo, atHi, ...attained),
      hi: Rational.max(atLo, atHi, ...values.map(({ range }) => range.hi)),
    },
  };
}

/** p at the midpoint of an interval, and the mean-value enclosure of p on it. */
function valueNear(p: Polynomial, slope: Polynomial, around: RationalInterval) {
  const middle = around.lo.plus(around.hi).times(Rational.of(1, 2));
  const atMidpoint = evaluate(p, middle);
  const offset = { lo: around.lo.minus(middle), hi: around.hi.minus(middle) };
  const change = multiplyRanges(evaluateOnInterval(slope, around), offset);
  return { atMidpoint, range: addRanges({ lo: atMidpoint, hi: atMidpoint }, change) };
}
