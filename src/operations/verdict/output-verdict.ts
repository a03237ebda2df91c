import { allowedError } from '../allowed-error.ts';
import type { AnyOperation, FloatFormat } from '../operation.ts';
import { distanceIn, type Miss, worstOf } from './miss.ts';
import { forEachPair, numbersIn, placeOf, shapeOf } from './numbers-in.ts';

/** What a function should answer, and what its answer may be off by. */
export interface ExpectedOutput {
  readonly output: unknown;
  /** The bound of the declared format plus that of our own reference. */
  readonly bound: number;
}

/** An answer that has other arrays or fields than the reference. */
export interface ShapeFault {
  readonly expectedShape: string;
  readonly gotShape: string;
}

export const isShapeFault = (judged: Miss | ShapeFault): judged is ShapeFault => 'gotShape' in judged;

/** What computes an output with its error bound: an operation, or a known mistake in one. */
type Computed = Pick<AnyOperation, 'reference' | 'errorBound'>;

/**
 * The reference's output with the allowed error: what a stable algorithm in the format may be off by, and what our float64 may.
 * @throws RangeError where the reference refuses the input or overflows.
 */
export const expectedOutput = (computed: Computed, input: never, format: FloatFormat): ExpectedOutput => ({
  output: computed.reference(input),
  bound: allowedError(computed, input, format),
});

/**
 * Whether something is guaranteed for the answer: its error bound is finite or, where it is judged by what defines it, the bounds of
 * those quantities are. @throws RangeError where they overflow.
 */
export function isBounded(
  operation: AnyOperation,
  input: never,
  { output, bound }: ExpectedOutput,
  format: FloatFormat,
): boolean {
  if (operation.defects === undefined) return Number.isFinite(bound);
  return operation.defects(input, output as never, format).every((defect) => Number.isFinite(defect.bound));
}

/** The number of the answer that is furthest off, entry by entry; undefined where it has no numbers. */
export function furthestEntry({ output, bound }: ExpectedOutput, got: unknown): Miss | ShapeFault | undefined {
  const [expectedShape, gotShape] = [shapeOf(output), shapeOf(got)];
  if (expectedShape !== gotShape) return { expectedShape, gotShape };
  let worst: Miss | undefined;
  forEachPair(output, got, (x, y, path) => {
    const [expected, found] = [x ?? Number.NaN, typeof y === 'number' ? y : Number.NaN];
    // a count that is missing on one side only is no distance
    const missed = x === null && y === null ? 0 : Math.abs(found - expected);
    const distance = distanceIn(missed, bound);
    if (worst === undefined || distance > worst.distance) {
      worst = { place: placeOf(path), expected, got: found, bound, distance };
    }
  });
  return worst;
}

/** The same by the quantities that define an output that is not unique. @throws TypeError where the operation has none. */
export function furthestQuantity(
  operation: AnyOperation,
  input: never,
  got: unknown,
  format: FloatFormat,
): Miss | undefined {
  if (operation.defects === undefined)
    throw new TypeError(`furthestQuantity: an operation with defects, got ${operation.id}`);
  return worstOf(
    operation.defects(input, got as never, format).map(({ text, expected, got: found, miss, bound }) => ({
      place: text,
      expected,
      got: found,
      bound,
      distance: distanceIn(miss, bound),
    })),
  );
}

/** How far an answer is from what the operation defines. A shape that differs is a fault, not a distance. */
export function outputVerdict(
  operation: AnyOperation,
  input: never,
  expected: ExpectedOutput,
  got: unknown,
  format: FloatFormat,
): Miss | ShapeFault | undefined {
  const entry = furthestEntry(expected, got);
  if (operation.defects === undefined || entry === undefined || isShapeFault(entry)) return entry;
  const notFinite = numbersIn(got).find(({ value }) => value !== null && !Number.isFinite(value));
  if (notFinite !== undefined) return { ...entry, place: notFinite.place, got: notFinite.value ?? Number.NaN };
  return furthestQuantity(operation, input, got, format);
}
