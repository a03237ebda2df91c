import { add, type Interval } from '../../src/kernels/exact/interval.ts';
import { enclosedNumbers } from '../../src/kernels/numbers/enclosed-numbers.ts';
import type { Numbers } from '../../src/kernels/numbers/numbers.ts';
import {
  type FunctionMistake,
  isOptimiserMistake,
  type Mistake,
  type OptimiserMistake,
} from '../../src/mistakes/mistake.ts';
import type { AnyOperation, Doubles, FloatFormat } from '../../src/operations/operation.ts';
import type { OptimiserInput, OptimiserOperation } from '../../src/operations/optimiser.ts';
import { numbersIn } from '../../src/operations/verdict/numbers-in.ts';

/** What is answered in each place: an enclosure, or NaN or an infinity. Steps of an optimiser are places too. */
export type Answer = ReadonlyMap<string, Interval | 'not finite'>;

/** What computes an answer: an operation, or a mistake in one. */
type Computed = AnyOperation | Mistake;

/** What the definition or a mistake answers exactly, or admits in a format; undefined where it has no answer (an overflow, a shape). */
export function answerOf(computed: Computed, input: object, format: FloatFormat | 'exact'): Answer | undefined {
  try {
    return isOptimiser(computed)
      ? trajectoryOf(computed, input as Doubles<OptimiserInput>, enclosedNumbers(format), (x) => x)
      : outputOf(computed as FunctionMistake, input as never, format === 'exact' ? 'float64' : format);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}

export const isOptimiser = (computed: Computed): computed is OptimiserMistake | OptimiserOperation =>
  'kind' in computed && computed.kind === 'optimiser' ? true : isOptimiserMistake(computed as Mistake);

/** The parameters after each step in some number system. */
export function trajectoryOf<T>(
  { start, isNotFinite }: Pick<OptimiserMistake, 'start' | 'isNotFinite'>,
  input: Doubles<OptimiserInput>,
  numbers: Numbers<T>,
  enclosure: (x: T) => Interval,
): Answer {
  const answer = new Map<string, Interval | 'not finite'>();
  let run = start(numbers, input.parameters, input.hyperparameters);
  for (const [k, gradients] of input.gradients.entries()) {
    run = run.step(gradients).run;
    for (const [layer, { data }] of run.parameters.entries()) {
      const isLost = isNotFinite?.(input, k, layer) === true;
      for (const [at, x] of data.entries()) {
        answer.set(`step ${k + 1}, parameter ${layer}, entry ${at}`, isLost ? 'not finite' : enclosure(x));
      }
    }
  }
  return answer;
}

function outputOf(computed: FunctionMistake, input: never, format: FloatFormat): Answer {
  if (computed.isNotFinite?.(input) === true) return new Map([['output', 'not finite']]);
  const bound = computed.errorBound(input, format) ?? 0;
  return new Map(
    numbersIn(computed.reference(input)).map(({ place, value }): [string, Interval | 'not finite'] => [
      place,
      value === null ? 'not finite' : add({ lo: value, hi: value }, { lo: -bound, hi: bound }),
    ]),
  );
}

/** The widest gap between two answers in one place: Infinity where one is not finite or missing there, 0 where they meet everywhere. */
export function gapBetween(one: Answer, other: Answer): number {
  if (one.size !== other.size) return Number.POSITIVE_INFINITY;
  return Math.max(0, ...[...one].map(([place, here]) => gapIn(here, other.get(place))));
}

function gapIn(here: Interval | 'not finite', there: Interval | 'not finite' | undefined): number {
  if (here === 'not finite' || there === 'not finite') return here === there ? 0 : Number.POSITIVE_INFINITY;
  if (there === undefined) return Number.POSITIVE_INFINITY;
  const gap = Math.max(here.lo - there.hi, there.lo - here.hi);
  // an end that is no number or infinite on both sides separates nothing
  return Number.isNaN(gap) ? 0 : gap;
}

/** Whether every enclosure of the first contains that of the second; a place that is not finite is one on both sides. */
export const holds = (outer: Answer, inner: Answer): boolean =>
  outer.size === inner.size &&
  [...outer].every(([place, wide]) => {
    const narrow = inner.get(place);
    if (wide === 'not finite' || narrow === 'not finite' || narrow === undefined) return wide === narrow;
    return wide.lo <= narrow.lo && narrow.hi <= wide.hi;
  });
