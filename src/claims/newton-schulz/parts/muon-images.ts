import { type Image, imageOfInterval, outerImage } from '../../../kernels/exact/image.ts';
import { iteratedImages } from '../../../kernels/exact/iterated-images.ts';
import { evaluateOnInterval } from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { multiplyRanges, type RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { BITS, outward } from './bracket.ts';
import { image, muonMap, muonSlope } from './muon-map.ts';

const WIDTH = Rational.of(1n, 1n << BigInt(BITS));

/** The image of [lo, hi] under `steps` >= 1 steps of Muon's map. @throws RangeError for no steps. */
export function imageAfter(lo: Rational, hi: Rational, steps: number): Image {
  const last = iteratedImages(
    Array.from({ length: steps }, () => muonMap),
    { lo, hi },
    BITS,
  ).at(-1);
  if (last === undefined) throw new RangeError(`imageAfter: steps >= 1, got ${steps}`);
  return last;
}

/** x, p(x), …, p^steps(x) for all x in the interval: exact images, rounded outward. */
export function orbitOf(x: RationalInterval, steps: number): readonly RationalInterval[] {
  const orbit = [x];
  for (let k = 0; k < steps; k += 1) orbit.push(outward(outerImage(imageOfInterval(muonMap, orbit[k] ?? x, WIDTH))));
  return orbit;
}

/** p^steps over a tiny interval. */
export function imagesOf(x: RationalInterval, steps: number): RationalInterval {
  let reached = x;
  for (let k = 0; k < steps; k += 1) reached = image(reached);
  return reached;
}

/** An enclosure of the slope of p^length on the first interval of an orbit: the product of the slopes along it. */
export const multiplier = (orbit: readonly RationalInterval[]): RationalInterval =>
  orbit.map((x) => evaluateOnInterval(muonSlope, x)).reduce((a, b) => outward(multiplyRanges(a, b)));
