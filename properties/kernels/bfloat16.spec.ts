import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { BFLOAT16, toBfloat16 } from '../../src/kernels/matrix/bfloat16.ts';
import { identity, map, zeros } from '../../src/kernels/matrix/matrix.ts';
import { frobeniusNormalised } from '../../src/kernels/matrix/newton-schulz.ts';
import { isRepresentable } from '../../src/kernels/matrix/representable.ts';
import { LARGEST_FINITE, SMALLEST_NORMAL, UNIT_ROUNDOFF } from '../../src/kernels/unit-roundoff.ts';
import { randomMatrix } from './matrices.ts';

/** The neighbours of x among the numbers of the format: the upper half of a single, one down and one up. */
function neighbours(x: number): readonly number[] {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, x);
  const high = view.getUint16(0);
  return [-1, 0, 1].map((step) => {
    view.setUint32(0, ((high + step) & 0xffff) * 0x10000);
    return view.getFloat32(0);
  });
}

const distance = (a: number, b: number) => Rational.from(a).minus(Rational.from(b)).absolute();

describe('rounding to bfloat16', () => {
  it('gives the nearest number of the format', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -120, max: 2 ** 120, noNaN: true }), fc.boolean(), (size, negative) => {
        const x = negative ? -size : size;
        const rounded = toBfloat16(x);
        expect(isRepresentable(rounded, 'bfloat16')).toBe(true);
        for (const other of neighbours(x)) {
          expect(distance(rounded, x).atMost(distance(other, x))).toBe(true);
        }
      }),
    );
  });

  it('rounds ties to even, once', () => {
    expect(toBfloat16(1 + 2 ** -8)).toBe(1);
    expect(toBfloat16(1 + 3 * 2 ** -8)).toBe(1 + 2 ** -6);
    // by way of single precision this would be a tie
    expect(toBfloat16(1 + 2 ** -8 + 2 ** -40)).toBe(1 + 2 ** -7);
    expect(toBfloat16(-(1 + 2 ** -8))).toBe(-1);
  });

  it('knows the ends of the range', () => {
    expect(toBfloat16(0)).toBe(0);
    expect(toBfloat16(1e39)).toBe(Number.POSITIVE_INFINITY);
    expect(toBfloat16(-1e39)).toBe(Number.NEGATIVE_INFINITY);
    expect(toBfloat16(LARGEST_FINITE.bfloat16)).toBe(LARGEST_FINITE.bfloat16);
    expect(toBfloat16(SMALLEST_NORMAL.bfloat16 * 2 ** -7)).toBe(SMALLEST_NORMAL.bfloat16 * 2 ** -7);
    expect(toBfloat16(SMALLEST_NORMAL.bfloat16 * 2 ** -9)).toBe(0);
    expect(toBfloat16(SMALLEST_NORMAL.bfloat16 * (2 ** -7 + 2 ** -8))).toBe(SMALLEST_NORMAL.bfloat16 * 2 ** -6);
  });

  it('has the unit roundoff that it states', () => {
    const x = 1 + 2 ** -8;
    expect(distance(toBfloat16(x), x).toNumber()).toBe(UNIT_ROUNDOFF.bfloat16);
  });

  it('multiplies exactly by the identity, and rounds products once', () => {
    const A = map(randomMatrix(3, 3, 7), toBfloat16);
    expect(BFLOAT16.multiply(A, identity(3))).toEqual(A);
    const ones = map(identity(2), () => 1 + 2 ** -7);
    // 2 (1 + 2^-7)² = 2 + 2^-5 + 2^-13
    expect(BFLOAT16.multiply(ones, ones).data[0]).toBe(2 + 2 ** -5);
  });
});

it('sums squares in single precision, so that long sums do not stall', () => {
  const G = map(zeros(40, 40), () => 1);
  const X = frobeniusNormalised(G, 0, BFLOAT16);
  // a sum of 1600 ones in bfloat16 would stop at 256
  expect(X.data[0]).toBe(toBfloat16(1 / 40));
});
