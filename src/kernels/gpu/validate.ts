import { entriesOf, type Input, type Shape } from './plan.ts';

const BYTES_PER_ENTRY = Float32Array.BYTES_PER_ELEMENT;

/** @throws RangeError unless every length is an integer >= 1 and the array fits into `limit` bytes. */
export function assertRunnable(shape: Shape, limit: number, name: string): void {
  if (!shape.every((length) => Number.isInteger(length) && length >= 1)) {
    throw new RangeError(`${name}: lengths integers >= 1, got ${shape.join('x')}`);
  }
  const bytes = entriesOf(shape) * BYTES_PER_ENTRY;
  if (bytes > limit) throw new RangeError(`${name}: at most ${limit} bytes in an array, got ${bytes}`);
}

/** @throws RangeError at the first entry that is NaN or infinite. */
export function assertFinite(data: Float32Array, name: string): void {
  const at = data.findIndex((x) => !Number.isFinite(x));
  if (at >= 0) throw new RangeError(`${name}: finite float32 numbers, got ${data[at]} at ${at}`);
}

/**
 * What gpu.js does not check, or answers by ending the process: type, shape, size and finiteness of an array.
 * @throws TypeError for type and shape, RangeError for sizes and values.
 */
export function assertInput({ name, data, shape }: Input, limit: number, plan: string): void {
  const at = `${plan}, ${name}`;
  if (!(data instanceof Float32Array)) throw new TypeError(`${at}: a Float32Array, got ${typeof data}`);
  assertRunnable(shape, limit, at);
  if (data.length !== entriesOf(shape)) {
    throw new TypeError(`${at}: ${entriesOf(shape)} entries for ${shape.join('x')}, got ${data.length}`);
  }
  assertFinite(data, at);
}
