/**
 * One quantity that defines an output which is not unique: a norm that is not exceeded, a value that is attained.
 *
 * An answer is right in it where `miss` <= `bound`.
 */
export interface Defect {
  /** The quantity, in words or as a formula. */
  readonly text: string;
  readonly expected: number;
  readonly got: number;
  /** How far `got` is on the wrong side of what is expected, >= 0. */
  readonly miss: number;
  /** What a stable algorithm in the format may miss it by, our own evaluation included; Infinity where nothing is guaranteed. */
  readonly bound: number;
}
