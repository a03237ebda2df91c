import { type Image, imageOfInterval, innerImage, outerImage } from './image.ts';
import type { Polynomial } from './polynomial.ts';
import { Rational } from './rational.ts';
import type { RationalInterval } from './rational-interval.ts';

/**
 * The images of an interval under the first, the first two, … of a list of polynomials, one applied after the other.
 *
 * The exact ends would grow by the factor of the degree in length at each step, so every bound is rounded outward to a
 * multiple of 2^-bits after each step. The outer bounds of the next image come from all that contains this one; the inner
 * bounds from an interval that lies in it, so that what they bound is attained.
 * @throws RangeError where bits is no integer >= 0.
 */
export function iteratedImages(steps: readonly Polynomial[], domain: RationalInterval, bits: number): readonly Image[] {
  if (!Number.isInteger(bits) || bits < 0) throw new RangeError(`iteratedImages: an integer bits >= 0, got ${bits}`);
  const images: Image[] = [];
  let current: Image = {
    minimum: { lo: domain.lo, hi: domain.lo },
    maximum: { lo: domain.hi, hi: domain.hi },
  };
  for (const p of steps) {
    current = nextImage(p, current, bits);
    images.push(current);
  }
  return images;
}

function nextImage(p: Polynomial, current: Image, bits: number): Image {
  const width = Rational.of(1n, 1n << BigInt(bits));
  const inner = innerImage(current);
  const outer = imageOfInterval(p, outerImage(current), width);
  const exact = inner !== undefined && sameRange(inner, outerImage(current));
  const within = inner === undefined ? undefined : exact ? outer : imageOfInterval(p, inner, width);
  return {
    minimum: roundedOutward({ lo: outer.minimum.lo, hi: (within?.minimum ?? outer.maximum).hi }, bits),
    maximum: roundedOutward({ lo: (within?.maximum ?? outer.minimum).lo, hi: outer.maximum.hi }, bits),
  };
}

const sameRange = (a: RationalInterval, b: RationalInterval): boolean => a.lo.equals(b.lo) && a.hi.equals(b.hi);

const roundedOutward = ({ lo, hi }: RationalInterval, bits: number): RationalInterval => ({
  lo: lo.roundedDown(bits),
  hi: hi.roundedUp(bits),
});
