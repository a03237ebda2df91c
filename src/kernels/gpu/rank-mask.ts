import type { ArrayBackend } from './backend.ts';
import type { KernelThis } from './gpujs.ts';

/** 1 where fewer than `chosen` entries come before this one; of equal scores the lower index comes first. */
function maskKernel(this: KernelThis<'length'>, scores: number[], parameters: number[]): number {
  const own = scores[this.thread.x]!;
  let before = 0;
  for (let j = 0; j < this.constants.length; j++) {
    const other = scores[j]!;
    if (other > own) {
      before = before + 1;
    }
    if (other === own && j < this.thread.x) {
      before = before + 1;
    }
  }
  let mask = 0;
  if (before < parameters[0]!) {
    mask = 1;
  }
  return mask;
}

/**
 * 1 at the `chosen` largest scores, 0 elsewhere; ties go to the lower index. Exact up to 2^24 scores.
 * @throws RangeError unless `chosen` is an integer >= 0.
 */
export async function rankMask(backend: ArrayBackend, scores: Float32Array, chosen: number): Promise<Float32Array> {
  if (!(Number.isInteger(chosen) && chosen >= 0))
    throw new RangeError(`rankMask: chosen an integer >= 0, got ${chosen}`);
  const { length } = scores;
  if (length >= 2 ** 24) throw new RangeError(`rankMask: fewer than 2^24 scores, got ${length}`);
  if (length === 0) return new Float32Array(0);
  const kernel = { kernel: maskKernel, output: [length], constants: { length } } as const;
  return backend.run({ name: 'rankMask', work: length * length, width: 1, kernel }, [
    { name: 'scores', data: scores, shape: [length] },
    { name: 'chosen', data: Float32Array.of(Math.min(chosen, length)), shape: [1] },
  ]);
}
