import type { Interval } from '../../kernels/exact/interval.ts';
import { enclosedNumbers } from '../../kernels/numbers/enclosed-numbers.ts';
import { rowsOf } from '../../kernels/numbers/grid.ts';
import type { Grid } from '../../kernels/numbers/numbers.ts';
import type { FloatFormat } from '../operation.ts';
import type { OptimiserOperation } from '../optimiser.ts';
import { distanceIn, type Miss, worstOf } from './miss.ts';

type Rows = readonly (readonly number[])[];

/** One step of an optimiser, ready to be compared with. */
export interface JudgedStep {
  /** The parameters after the step, at the middle of the exact enclosures. */
  readonly expected: readonly Rows[];
  /** Whether every entry has a finite bound. */
  readonly isBounded: boolean;
  /** The entry that is furthest off. Shapes must be those of the parameters. */
  furthest(returned: readonly Rows[]): Miss;
}

export interface StepJudge {
  /** What the next step should do, from the parameters that were returned last, so that errors do not add up. */
  step(gradients: readonly Rows[]): JudgedStep;
  /** Goes on from the parameters that came back. */
  continueAt(returned: readonly Rows[]): void;
}

/**
 * Follows an optimiser, or a mistaken one, step by step in two interval runs: one encloses the exact result, the other everything that an
 * admissible computation in the format may give (`enclosedNumbers`). The state is ours, the parameters are those returned.
 *
 * The distance of an entry from the nearest point of its exact enclosure [e, E] is measured in units of how far the admitted
 * enclosure [a, A] reaches beyond that on this side, A - E or e - a; so it is at most 1 exactly where the entry is admitted.
 * The width of [e, E], our own error, is granted as well.
 */
export function stepJudge(
  start: OptimiserOperation['start'],
  { parameters, hyperparameters }: { readonly parameters: readonly Rows[]; readonly hyperparameters: unknown },
  format: FloatFormat,
): StepJudge {
  let exact = start(enclosedNumbers('exact'), parameters, hyperparameters);
  let admitted = start(enclosedNumbers(format), parameters, hyperparameters);
  return {
    step: (gradients) => {
      exact = exact.step(gradients).run;
      admitted = admitted.step(gradients).run;
      const pairs = exact.parameters.map(
        (grid, layer): Pair => ({ exact: grid, admitted: admitted.parameters[layer] ?? grid }),
      );
      return {
        expected: pairs.map((pair) => rowsOf({ ...pair.exact, data: pair.exact.data.map(middle) })),
        isBounded: pairs.every((pair) => pair.admitted.data.every(isBounded) && pair.exact.data.every(isBounded)),
        furthest: (returned) => furthestIn(pairs, returned),
      };
    },
    continueAt: (returned) => {
      exact = exact.at(returned);
      admitted = admitted.at(returned);
    },
  };
}

interface Pair {
  readonly exact: Grid<Interval>;
  readonly admitted: Grid<Interval>;
}

const isBounded = ({ lo, hi }: Interval): boolean => Number.isFinite(lo) && Number.isFinite(hi);

const middle = ({ lo, hi }: Interval): number => (lo === hi ? lo : lo + (hi - lo) / 2);

function furthestIn(pairs: readonly Pair[], returned: readonly Rows[]): Miss {
  const misses = pairs.flatMap(({ exact, admitted }, layer) =>
    exact.data.map((own, at): Miss => {
      const [i, j] = [Math.floor(at / exact.columns), at % exact.columns];
      const got = returned[layer]?.[i]?.[j] ?? Number.NaN;
      return { place: `parameters[${layer}][${i}][${j}]`, ...missOf(own, admitted.data[at] ?? own, got) };
    }),
  );
  const worst = worstOf(misses);
  if (worst === undefined) throw new RangeError('stepJudge: at least one parameter, got none');
  return worst;
}

function missOf(exact: Interval, admitted: Interval, got: number): Omit<Miss, 'place'> {
  const expected = middle(exact);
  const [above, below] = [reach(admitted.hi - exact.hi), reach(exact.lo - admitted.lo)];
  const bound = got > exact.hi ? above : got < exact.lo ? below : Math.max(above, below);
  const distance = distanceIn(got > exact.hi ? got - exact.hi : exact.lo - got, bound);
  // what lies between the enclosures decides, not how the quotient is rounded
  const isAdmitted = admitted.lo <= got && got <= admitted.hi && Number.isFinite(got);
  return { expected, got, bound, distance: isAdmitted ? Math.min(distance, 1) : Math.max(distance, BEYOND) };
}

/** Just more than 1. */
const BEYOND = 1 + 2 ** -52;

/** Ends that are both infinite guarantee nothing. */
const reach = (beyond: number): number => (Number.isNaN(beyond) ? Number.POSITIVE_INFINITY : Math.max(beyond, 0));
