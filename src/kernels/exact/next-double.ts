const BITS = new DataView(new ArrayBuffer(8));

/** The next double above x; NaN and Infinity stay, and what follows -MIN_VALUE is 0 (never -0). */
export function nextUp(x: number): number {
  if (Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return x;
  if (x === 0) return Number.MIN_VALUE;
  BITS.setFloat64(0, x);
  // the bits of a double, read as an integer, are ordered like its magnitude
  const [high, low] = [BITS.getUint32(0), BITS.getUint32(4)];
  const step = x > 0 ? 1 : -1;
  BITS.setUint32(4, low + step);
  if (low === (x > 0 ? 0xffffffff : 0)) BITS.setUint32(0, high + step);
  return BITS.getFloat64(0) + 0;
}

/** The next double below x; NaN and -Infinity stay, and what precedes MIN_VALUE is 0. */
export const nextDown = (x: number): number => 0 - nextUp(-x);

/** A finite double as mantissa times 2^exponent, the mantissa an odd integer (0 for 0). */
export function decompose(x: number): { readonly mantissa: number; readonly exponent: number } {
  if (x === 0) return { mantissa: 0, exponent: 0 };
  BITS.setFloat64(0, x);
  const [high, low] = [BITS.getUint32(0), BITS.getUint32(4)];
  const biased = (high >>> 20) & 0x7ff;
  const leading = biased === 0 ? high & 0xfffff : (high & 0xfffff) | 0x100000;
  const zeros = low === 0 ? 32 + trailingZeros(leading) : trailingZeros(low);
  const whole = (leading * 2 ** 32 + low) / 2 ** zeros;
  return { mantissa: x < 0 ? -whole : whole, exponent: Math.max(biased, 1) - 1075 + zeros };
}

const trailingZeros = (n: number): number => 31 - Math.clz32(n & -n);
