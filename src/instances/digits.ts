import { DIGITS } from './digits-data.ts';

export interface Digit {
  /** 64 pixel counts over 16, row by row. */
  readonly pixels: Float64Array;
  /** 0 … 9. */
  readonly label: number;
}

/**
 * The 1797 images of 8×8 pixels of the UCI optical recognition of handwritten digits (E. Alpaydin, C. Kaynak, CC BY 4.0),
 * in their order. Decoded when called.
 */
export function digits(): readonly Digit[] {
  const bytes = Uint8Array.from(atob(DIGITS.bytes), (c) => c.codePointAt(0) ?? 0);
  return Array.from({ length: DIGITS.count }, (_, i) => ({
    pixels: Float64Array.from(bytes.subarray(65 * i, 65 * i + 64), (count) => count / 16),
    label: bytes[65 * i + 64] ?? 0,
  }));
}
