const BITS = new DataView(new ArrayBuffer(8));

/** The integer e with 2^e <= |x| < 2^(e+1), subnormals included. @throws RangeError for 0 and non-finite x. */
export function binaryExponent(x: number): number {
  if (x === 0 || !Number.isFinite(x)) throw new RangeError(`binaryExponent: a finite number != 0, got ${x}`);
  BITS.setFloat64(0, x);
  const biased = (BITS.getUint32(0) >>> 20) & 0x7ff;
  return biased > 0 ? biased - 1023 : binaryExponent(x * 2 ** 60) - 60;
}

/** x 2^e, exact unless it leaves the normal range; in steps, since 2^e alone may not be representable. */
export function timesPowerOfTwo(x: number, e: number): number {
  if (e > 1000) return timesPowerOfTwo(x * 2 ** 1000, e - 1000);
  if (e < -1000) return timesPowerOfTwo(x * 2 ** -1000, e + 1000);
  return x * 2 ** e;
}
