import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, type Interval } from '../../src/kernels/exact/interval.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { toBfloat16 } from '../../src/kernels/matrix/bfloat16.ts';
import { enclosedNumbers } from '../../src/kernels/numbers/enclosed-numbers.ts';
import { BFLOATS, DOUBLES, SINGLES } from '../../src/kernels/numbers/rounded-numbers.ts';

type Format = 'float64' | 'float32' | 'bfloat16';
type Pair = readonly [number, number];

const FORMATS = ['float64', 'float32', 'bfloat16'] as const;
const NUMBERS = { float64: DOUBLES, float32: SINGLES, bfloat16: BFLOATS };

/** The rounding of the numbers of a format, and of the sums that it accumulates. */
const ROUND = { float64: (x: number) => x, float32: Math.fround, bfloat16: toBfloat16 };
const ACCUMULATE = { float64: (x: number) => x, float32: Math.fround, bfloat16: Math.fround };

const enclosed = (pairs: readonly Pair[], format: Format | 'exact'): Interval => {
  const numbers = enclosedNumbers(format);
  return numbers.sumOfProducts(
    pairs.map(([a]) => numbers.of(a)),
    pairs.map(([, b]) => numbers.of(b)),
  );
};

/** One addition after the other, each product and each sum rounded twice as wide: what knows the order alone. */
const inOrder = (pairs: readonly Pair[], format: Format): Interval => {
  const numbers = enclosedNumbers(format);
  return pairs.reduce((sum, [a, b]) => numbers.add(sum, numbers.multiply(numbers.of(a), numbers.of(b))), numbers.of(0));
};

const exactSum = (pairs: readonly Pair[]): Rational =>
  Rational.sum(pairs.map(([a, b]) => Rational.from(a).times(Rational.from(b))));

const ORDERS: Readonly<Record<string, (pairs: readonly Pair[], round: (x: number) => number) => number>> = {
  'one after the other': (pairs, round) => pairs.reduce((sum, [a, b]) => round(sum + round(a * b)), 0),
  pairwise: (pairs, round) =>
    pairwise(
      pairs.map(([a, b]) => round(a * b)),
      round,
    ),
  'four partial sums': (pairs, round) => {
    const parts = [0, 0, 0, 0];
    for (const [k, [a, b]] of pairs.entries()) parts[k % 4] = round((parts[k % 4] ?? 0) + round(a * b));
    return pairwise(parts, round);
  },
  // a product of singles is exact in double precision, and so is one of small numbers of bits anyway
  fused: (pairs, round) =>
    pairs.reduce(
      (sum, [a, b]) =>
        round(
          exactSum([[a, b]])
            .plus(Rational.from(sum))
            .toNumber(),
        ),
      0,
    ),
};

function pairwise(terms: readonly number[], round: (x: number) => number): number {
  if (terms.length <= 1) return terms[0] ?? 0;
  const half = terms.length >> 1;
  return round(pairwise(terms.slice(0, half), round) + pairwise(terms.slice(half), round));
}

const small = fc.integer({ min: -3, max: 3 });
const dyadic = fc.integer({ min: -(2 ** 20), max: 2 ** 20 }).map((k) => k / 2 ** 18);
const long = fc.double({ min: -4, max: 4, noNaN: true });
const graded = fc.tuple(dyadic, fc.integer({ min: -140, max: 60 })).map(([x, e]) => x * 2 ** e);
const pairsOf = (entry: fc.Arbitrary<number>) => fc.array(fc.tuple(entry, entry), { maxLength: 12 });
/** Products that cancel nearly or altogether, far apart from each other in size. */
const cancelling = pairsOf(graded).map((pairs) =>
  pairs.flatMap(([a, b]): Pair[] => [
    [a, b],
    [-a, b * (1 + 2 ** -20)],
    [1, b],
  ]),
);
const anyPairs: fc.Arbitrary<Pair[]> = fc
  .oneof(pairsOf(small), pairsOf(dyadic), pairsOf(long), pairsOf(graded), cancelling)
  .chain((pairs) => fc.shuffledSubarray(pairs, { minLength: pairs.length }));

describe.each(FORMATS)('a sum of products in %s', (format) => {
  it.each(Object.keys(ORDERS))('holds what is summed up %s', (name) => {
    fc.assert(
      fc.property(anyPairs, (given) => {
        const pairs = given.map(([a, b]): Pair => [ROUND[format](a), ROUND[format](b)]);
        const { lo, hi } = enclosed(given, format);
        const sum = ROUND[format](ORDERS[name]?.(pairs, ACCUMULATE[format]) ?? Number.NaN);
        expect(sum).toBeGreaterThanOrEqual(lo);
        expect(sum).toBeLessThanOrEqual(hi);
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it('holds the exact sum, and what our own numbers of the format give', () => {
    fc.assert(
      fc.property(anyPairs, (pairs) => {
        const interval = enclosed(pairs, format);
        const exact = exactSum(pairs);
        expect(Rational.from(interval.lo).atMost(exact) && exact.atMost(Rational.from(interval.hi))).toBe(true);
        const numbers = NUMBERS[format];
        const [a, b] = [pairs.map(([x]) => numbers.of(x)), pairs.map(([, x]) => numbers.of(x))];
        expect(contains(interval, numbers.sumOfProducts(a, b))).toBe(true);
      }),
      { numRuns: 200, seed: 12 },
    );
  });

  it('stays a point where no order rounds', () => {
    fc.assert(
      fc.property(pairsOf(small), fc.integer({ min: -20, max: 20 }), (pairs, e) => {
        const scaled = pairs.map(([a, b]): Pair => [a * 2 ** e, b]);
        const sum = exactSum(scaled).toNumber();
        // twelve products of at most 9 have sums of seven binary digits
        expect(enclosed(scaled, format)).toEqual({ lo: sum, hi: sum });
      }),
    );
  });

  it('is not a point where some order rounds', () => {
    const large = { float64: 2 ** 53, float32: 2 ** 24, bfloat16: 2 ** 24 }[format];
    const cancelled: Pair[] = [
      [large, 1],
      [-large, 1],
      [1, 1],
    ];
    expect(inOrder(cancelled, format)).toEqual({ lo: 1, hi: 1 });
    // (large + 1) - large = 0 by the rule of ties to even
    expect(contains(inOrder(cancelled, format), 0)).toBe(false);
    expect(contains(enclosed(cancelled, format), 0)).toBe(true);
    const absorbed: Pair[] = [
      [1, 1],
      [1, 1],
      [large, 1],
    ];
    // (large + 1) + 1 = large by the same rule
    expect(contains(enclosed(absorbed, format), large)).toBe(true);
  });

  it('keeps the sign of terms of one sign', () => {
    fc.assert(
      fc.property(fc.array(graded, { minLength: 1, maxLength: 8 }), (values) => {
        const squares = enclosed(
          values.map((x): Pair => [x, x]),
          format,
        );
        expect(squares.lo).toBeGreaterThanOrEqual(0);
        const negative = enclosed(
          values.map((x): Pair => [x, -x]),
          format,
        );
        expect(negative).toEqual({ lo: 0 - squares.hi, hi: 0 - squares.lo });
      }),
    );
  });
});

describe('bounds', () => {
  it('an order of summation that the widening of each addition misses', () => {
    // partial sums in the given order stay small, in another one they do not
    const pairs: Pair[] = Array.from({ length: 8 }, (_, k): Pair => [(-1) ** k * (1 + (k >> 1) / 8), 2 ** 20]);
    const given: Pair[] = [...pairs, [1 / 3, 1 / 3]];
    const positiveFirst = [...given].sort(([a], [b]) => b - a).map(([a, b]): Pair => [Math.fround(a), Math.fround(b)]);
    const sum = ORDERS['one after the other']?.(positiveFirst, Math.fround) ?? Number.NaN;
    expect(contains(inOrder(given, 'float32'), sum)).toBe(false);
    expect(contains(enclosed(given, 'float32'), sum)).toBe(true);
  });

  it('one product is as sharp as a product', () => {
    const numbers = enclosedNumbers('float32');
    const [a, b] = [numbers.of(1 / 3), numbers.of(1 / 7)];
    const zero = numbers.of(0);
    expect(numbers.sumOfProducts([zero, a, zero], [a, b, zero])).toEqual(numbers.multiply(a, b));
    expect(numbers.sumOfProducts([numbers.of(-1)], [b])).toEqual({ lo: -b.hi, hi: -b.lo });
    expect(numbers.sumOfProducts([], [])).toEqual(zero);
  });

  it('an overflow of a partial sum leaves nothing known, but for the sign', () => {
    const huge: Pair = [2 ** 66, 2 ** 66];
    expect(enclosed([huge, [-(2 ** 66), 2 ** 66], [1, 1]], 'float32')).toEqual({ lo: -Infinity, hi: Infinity });
    expect(enclosed([huge, huge], 'float32')).toEqual({ lo: 0, hi: Infinity });
    expect(enclosed([huge, [-(2 ** 66), 2 ** 66], [1, 1]], 'float64').lo).toBeGreaterThan(-(2 ** 90));
  });

  it('what lies below the normal range may be lost, every time', () => {
    const interval = enclosed(
      Array.from({ length: 8 }, (): Pair => [2 ** -64, 2 ** -63]),
      'float32',
    );
    expect(interval.lo).toBe(0);
    expect(interval.hi).toBeLessThan(2 ** -121);
  });

  it('wants as many factors as factors', () => {
    expect(() => DOUBLES.sumOfProducts([1, 2], [1])).toThrow('sumOfProducts: equal lengths, got 2 and 1');
    expect(() => enclosedNumbers('float32').sumOfProducts([], [{ lo: 0, hi: 0 }])).toThrow(TypeError);
  });
});
