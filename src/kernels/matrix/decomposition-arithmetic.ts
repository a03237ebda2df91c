import { type Arithmetic, FLOAT32 } from './arithmetic.ts';

/**
 * The arithmetic in which a decomposition is computed whose result is rounded to the given one.
 *
 * There is no singular value decomposition in bfloat16 in any framework (torch.linalg.svd and jax.numpy.linalg.svd refuse the
 * format): single precision takes its place.
 */
export const decompositionArithmetic = (arithmetic: Arithmetic): Arithmetic =>
  arithmetic.format === 'bfloat16' ? FLOAT32 : arithmetic;
