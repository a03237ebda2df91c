import fc from 'fast-check';

const { MAX_VALUE, MIN_VALUE } = Number;

/** 2^exponent, built without pow: the tests must not rest on what they test. */
function powerOfTwo(exponent: number): number {
  let value = 1;
  for (let k = 0; k < Math.abs(exponent); k += 1) value = exponent < 0 ? value / 2 : value * 2;
  return value;
}

const POWERS = Array.from({ length: 2098 }, (_, k) => powerOfTwo(k - 1074));

/** m 2^e with few bits: sums, products, quotients and roots of these are often exactly representable. */
const dyadic = fc
  .tuple(fc.integer({ min: -64, max: 64 }), fc.nat({ max: 2080 }))
  .map(([m, k]) => m * (POWERS[k] ?? 1))
  .filter(Number.isFinite);

/** Full 53-bit mantissas at moderate exponents. */
const moderate = fc
  .tuple(fc.maxSafeInteger(), fc.integer({ min: 954, max: 1094 }))
  .map(([m, k]) => m * (POWERS[k] ?? 1));

/** Within a few units of a power of two, of the thresholds of exact splitting, of the ends of the range. */
const nearPower = fc
  .tuple(fc.constantFrom(1, -1), fc.nat({ max: 2097 }), fc.integer({ min: -3, max: 3 }))
  .map(([sign, k, units]) => sign * (POWERS[k] ?? 1) * (1 + units * Number.EPSILON))
  .filter(Number.isFinite);

const edges = fc.constantFrom(0, -0, MIN_VALUE, -MIN_VALUE, MAX_VALUE, -MAX_VALUE, 2 ** -1022, 1, -1, 3, 1 / 3);

/** Finite doubles of every kind that rounding gets wrong. */
export const hardDouble: fc.Arbitrary<number> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  dyadic,
  moderate,
  nearPower,
  edges,
  fc.integer({ min: -20, max: 20 }),
);

/** Two doubles whose sum, product or quotient is likely to lie near a double, or near the ends of the range. */
export const hardPair: fc.Arbitrary<readonly [number, number]> = fc.oneof(
  fc.tuple(hardDouble, hardDouble),
  fc
    .tuple(hardDouble, fc.integer({ min: -4, max: 4 }))
    .map(([x, u]) => [x, -x * (1 + u * Number.EPSILON)] as const)
    .filter(([, y]) => Number.isFinite(y)),
  // products near 2^1024 and near 2^-1022: exponents that complete one another
  fc
    .tuple(fc.double({ min: 0.5, max: 1, noNaN: true }), fc.double({ min: 0.5, max: 1, noNaN: true }), fc.nat(1023))
    .map(([x, y, k]) => [x * powerOfTwo(k), y * powerOfTwo(1024 - k)] as const)
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y)),
  fc
    .tuple(fc.double({ min: 0.5, max: 1, noNaN: true }), fc.double({ min: 0.5, max: 1, noNaN: true }), fc.nat(1023))
    .map(([x, y, k]) => [x / powerOfTwo(k), y / powerOfTwo(1030 - k)] as const),
);
