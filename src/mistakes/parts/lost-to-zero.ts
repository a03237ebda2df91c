import type { OptimiserMistake } from '../mistake.ts';

/**
 * 0/0 of a method that divides its average by its size: lost, and for good, once all gradients of the matrix so far were zero.
 */
export const isLostToZero: NonNullable<OptimiserMistake['isNotFinite']> = ({ gradients }, _, layer) =>
  // an average of zeros in the first step is NaN, and so is whatever is added to the parameters from then on
  gradients[0]?.[layer]?.every((row) => row.every((x) => x === 0)) === true;
