import { LARGEST_FINITE, SMALLEST_NORMAL } from '../../kernels/unit-roundoff.ts';
import type { FloatFormat } from '../operation.ts';
import { everyNumber } from './numbers-in.ts';

/**
 * What an implementation owes on an input: the definition (*must*); the same where the squares of entries leave the normal range of the
 * format or nothing is guaranteed (*should*); nothing, where the definition is silent and we follow a convention (*informative*).
 */
export type Obligation = 'must' | 'should' | 'informative';

/** The methods that divide by sqrt(v^) + epsilon. */
const ADAM_FAMILY: ReadonlySet<string> = new Set(['adam', 'adamw', 'cautious-adamw', 'mgup-adamw', 'mgup-sign-adamw']);

interface Sequence {
  readonly hyperparameters?: Readonly<Record<string, unknown>>;
  readonly gradients?: readonly unknown[];
}

/** What an implementation owes on this input; `isBounded` says whether its error bound is finite. */
export function obligationOf(operation: string, input: object, format: FloatFormat, isBounded: boolean): Obligation {
  if (isConvention(operation, input)) return 'informative';
  return isBounded && hasNormalSquares(input, format) ? 'must' : 'should';
}

/** All entries and their squares are 0 or in the normal range. Hyperparameters are no entries. */
function hasNormalSquares(input: object, format: FloatFormat): boolean {
  const { [HYPERPARAMETERS]: _, ...entries } = input as Readonly<Record<string, unknown>>;
  return everyNumber(entries, (x) => {
    const square = (x ?? 0) ** 2;
    return x === null || x === 0 || (square >= SMALLEST_NORMAL[format] && square <= LARGEST_FINITE[format]);
  });
}

const HYPERPARAMETERS = 'hyperparameters';

/**
 * Where the definition divides 0, or another number, by 0 without saying what that is: Adam without epsilon at an entry whose v is 0.
 * Matrices without entries have no other answer than their shape, but hardly any library takes them.
 */
function isConvention(operation: string, input: object): boolean {
  if (ADAM_FAMILY.has(operation)) return dividesByZero(input);
  return Object.entries(input).some(([, value]) => Array.isArray(value) && isEmptyMatrix(value));
}

const isEmptyMatrix = (value: readonly unknown[]): boolean =>
  value.length === 0 || value.every((row) => Array.isArray(row) && row.length === 0);

/** v is 0 where all gradients so far were, and with beta2 = 0 where the last one is. */
function dividesByZero({ hyperparameters, gradients = [] }: Sequence): boolean {
  if (hyperparameters?.epsilon !== 0) return false;
  const decisive = hyperparameters.beta2 === 0 ? gradients : gradients.slice(0, 1);
  return !everyNumber(decisive, (x) => x !== 0);
}
