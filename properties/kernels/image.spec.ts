import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Image, imageOfInterval, innerImage, outerImage } from '../../src/kernels/exact/image.ts';
import { iteratedImages } from '../../src/kernels/exact/iterated-images.ts';
import { evaluate, type Polynomial, polynomial } from '../../src/kernels/exact/polynomial.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { type RationalInterval, rationalInterval } from '../../src/kernels/exact/rational-interval.ts';
import { anyPolynomial, chebyshev, smallRational } from './polynomials.ts';

const twoToMinus = (bits: number): Rational => Rational.of(1n, 1n << BigInt(bits));
const WIDTH = twoToMinus(40);
const holds = ({ lo, hi }: RationalInterval, x: Rational): boolean => lo.atMost(x) && x.atMost(hi);
const length = ({ lo, hi }: RationalInterval): Rational => hi.minus(lo);
const ends = (image: Image): readonly string[] =>
  [image.minimum.lo, image.minimum.hi, image.maximum.lo, image.maximum.hi].map(String);

const domain = fc
  .tuple(smallRational, smallRational)
  .map(([a, b]) => rationalInterval(Rational.min(a, b), Rational.max(a, b)));

/** 33 points of an interval, both ends among them. */
const samples = ({ lo, hi }: RationalInterval): readonly Rational[] =>
  Array.from({ length: 33 }, (_, k) => lo.plus(hi.minus(lo).times(Rational.of(k, 32))));

describe('imageOfInterval', () => {
  it('holds every value, and its ends are known to the square of the width', () => {
    fc.assert(
      fc.property(anyPolynomial, domain, (p, d) => {
        const image = imageOfInterval(p, d, WIDTH);
        for (const x of samples(d)) expect(holds(outerImage(image), evaluate(p, x))).toBe(true);
        // the coefficients are at most 12 and the domain lies in [-12, 12]: |p''| < 12 * 20 * 12^3 < 2^19
        for (const end of [image.minimum, image.maximum]) {
          expect(length(end).sign() >= 0 && length(end).atMost(twoToMinus(60))).toBe(true);
        }
        const inner = innerImage(image);
        expect(inner && holds(outerImage(image), inner.lo) && holds(outerImage(image), inner.hi)).toBe(true);
      }),
    );
  });
  it('its inner ends reach at least as far as the values at the ends of the interval', () => {
    fc.assert(
      fc.property(anyPolynomial, domain, (p, d) => {
        const { minimum, maximum } = imageOfInterval(p, d, WIDTH);
        for (const value of [evaluate(p, d.lo), evaluate(p, d.hi)]) {
          expect(minimum.hi.atMost(value) && value.atMost(maximum.lo)).toBe(true);
        }
      }),
    );
  });
  it('is exact where the critical points are rational or the ends decide', () => {
    const image = (p: Polynomial, lo: number | string, hi: number | string): readonly string[] =>
      ends(imageOfInterval(p, rationalInterval(lo, hi), WIDTH));
    expect(image(polynomial([0, 0, 1]), -1, 2)).toEqual(['0', '0', '4', '4']);
    expect(image(polynomial([0, 0, 1]), '-1/3', '1/7')).toEqual(['0', '0', '1/9', '1/9']);
    expect(image(polynomial([0, 3, 0, -4]), -1, 1)).toEqual(['-1', '-1', '1', '1']);
    expect(image(polynomial([0, 0, 0, 1]), '1/3', '1/2')).toEqual(['1/27', '1/27', '1/8', '1/8']);
    expect(image(polynomial(['2/3']), -5, 5)).toEqual(['2/3', '2/3', '2/3', '2/3']);
    expect(image([], 0, 1)).toEqual(['0', '0', '0', '0']);
    expect(image(polynomial([1, 1, 1]), '1/2', '1/2')).toEqual(['7/4', '7/4', '7/4', '7/4']);
    expect(() => imageOfInterval([], rationalInterval(0), Rational.ZERO)).toThrow('width > 0');
  });
  it('encloses irrational extrema: Chebyshev polynomials map [-99/100, 99/100] onto [-1, 1]', () => {
    for (const n of [4, 5, 8, 11]) {
      const { minimum, maximum } = imageOfInterval(chebyshev(n), rationalInterval('-99/100', '99/100'), WIDTH);
      expect(holds(minimum, Rational.from(-1)) && holds(maximum, Rational.ONE)).toBe(true);
      expect(length(minimum).atMost(twoToMinus(64)) && length(maximum).atMost(twoToMinus(64))).toBe(true);
    }
  });
});

describe('iteratedImages', () => {
  it('is the image under the composition where the polynomial is monotone', () => {
    const p = polynomial([0, '3/2', 0, '-1/2']);
    let [lo, hi] = [Rational.of(1, 10), Rational.of(9, 10)];
    for (const image of iteratedImages([p, p, p, p], { lo, hi }, 120)) {
      [lo, hi] = [evaluate(p, lo), evaluate(p, hi)];
      expect(holds(image.minimum, lo) && holds(image.maximum, hi)).toBe(true);
      expect(length(image.minimum).atMost(twoToMinus(110)) && length(image.maximum).atMost(twoToMinus(110))).toBe(true);
    }
  });
  it('Chebyshev iterates fill [-1, 1] and stay there; the ends keep their length', () => {
    const steps = Array.from({ length: 6 }, () => chebyshev(5));
    for (const image of iteratedImages(steps, rationalInterval('-99/100', '99/100'), 100)) {
      expect(holds(image.minimum, Rational.from(-1)) && holds(image.maximum, Rational.ONE)).toBe(true);
      expect(length(image.minimum).atMost(twoToMinus(60))).toBe(true);
      expect(image.minimum.lo.denominator <= 1n << 100n).toBe(true);
    }
  });
  it('follows a point, of which no dyadic interval lies inside the image', () => {
    const p = polynomial([0, '3/2', 0, '-1/2']);
    let x = Rational.of(1, 3);
    for (const image of iteratedImages([p, p, p], { lo: x, hi: x }, 100)) {
      x = evaluate(p, x);
      expect(holds(image.minimum, x) && holds(image.maximum, x)).toBe(true);
      expect(length(image.minimum).atMost(twoToMinus(90))).toBe(true);
    }
  });
  it('reaches the invariant band of the quintic of Jordan from [1/100, 1], ends attained', () => {
    const [a, b, c] = ['34445/10000', '-4775/1000', '20315/10000'].map((x) => Rational.from(x)) as [
      Rational,
      Rational,
      Rational,
    ];
    const p = polynomial([0, a, 0, b, 0, c]);
    // the critical points, by the quadratic formula in x^2: 5c y^2 + 3b y + a = 0
    const discriminant = b
      .power(2)
      .times(Rational.from(9))
      .minus(a.times(c).times(Rational.from(20)));
    const [low, high] = discriminant.squareRootBounds(300);
    const critical = (root: Rational): readonly [Rational, Rational] =>
      root
        .minus(b.times(Rational.from(3)))
        .dividedBy(c.times(Rational.from(10)))
        .squareRootBounds(280);
    const [from, to] = [critical(low)[0], critical(high)[1]];
    const least = evaluate(p, from);
    // p' vanishes there, so the value moves by less than 2^-500 between the bounds: far below what is compared
    expect(evaluate(p, to).minus(least).absolute().lessThan(twoToMinus(250))).toBe(true);
    const images = iteratedImages(
      Array.from({ length: 5 }, () => p),
      rationalInterval('1/100', 1),
      200,
    );
    const last = images[4];
    expect(last).toBeDefined();
    if (last === undefined) return;
    const slack = twoToMinus(180);
    expect(last.minimum.lo.minus(slack).atMost(least) && least.atMost(last.minimum.hi.plus(slack))).toBe(true);
    const greatest = evaluate(p, least);
    expect(last.maximum.lo.minus(slack).atMost(greatest) && greatest.atMost(last.maximum.hi.plus(slack))).toBe(true);
    expect(length(last.minimum).atMost(slack) && length(last.maximum).atMost(slack)).toBe(true);
  });
  it('refuses bits that are no count', () => {
    expect(() => iteratedImages([], rationalInterval(0), -1)).toThrow(RangeError);
    expect(iteratedImages([], rationalInterval(0), 10)).toEqual([]);
  });
});
