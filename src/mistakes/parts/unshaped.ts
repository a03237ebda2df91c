import type { Parts } from './assembly.ts';

/** The gradient as it is, and the direction of the method itself. */
export const UNSHAPED: Pick<Parts<unknown>, 'see' | 'shape'> = {
  see: (_, __, ___, gradient) => gradient,
  shape: (_, __, { direction, memory }) => ({ direction, memory }),
};
