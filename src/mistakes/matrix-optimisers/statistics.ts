import { zipped } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { averaged } from '../../methods/averaged.ts';
import { multipleOfIdentity } from '../../methods/multiple-of-identity.ts';

/** How a Gram matrix of the gradient enters what has been gathered, in place of being added. */
type Gathering = <T>(numbers: Numbers<T>, h: { readonly epsilon: number }, past: Grid<T>, fresh: Grid<T>) => Grid<T>;

const plus = <T>(numbers: Numbers<T>, A: Grid<T>, B: Grid<T>): Grid<T> => zipped(A, B, numbers.add);

/** Only that of this gradient, on top of epsilon I. */
const forgetting: Gathering = (numbers, { epsilon }, past, fresh) =>
  plus(numbers, multipleOfIdentity(numbers, past.rows, epsilon), fresh);

/** Only that of this gradient. */
const latest: Gathering = (_, __, ___, fresh) => fresh;

/** It and epsilon I. */
const withEpsilon: Gathering = (numbers, { epsilon }, past, fresh) =>
  plus(numbers, plus(numbers, past, fresh), multipleOfIdentity(numbers, past.rows, epsilon));

/** Its diagonal. */
const diagonal: Gathering = (numbers, _, past, fresh) => {
  const zero = numbers.of(0);
  const sum = plus(numbers, past, fresh);
  return { ...sum, data: sum.data.map((x, at) => (at % (sum.columns + 1) === 0 ? x : zero)) };
};

/** 0.001 of it, with 0.999 of the past. */
const averaging: Gathering = (numbers, _, past, fresh) => averaged(numbers, 0.999, past, fresh);

export const GATHERINGS = { forgetting, latest, withEpsilon, diagonal, averaging } as const;
