import type { Doubles, FloatFormat } from '../operations/operation.ts';
import type { OptimiserInput } from '../operations/optimiser.ts';
import { numbersIn, shapeOf } from '../operations/verdict/numbers-in.ts';
import { expectedOutput, furthestEntry, isShapeFault } from '../operations/verdict/output-verdict.ts';
import { stepJudge } from '../operations/verdict/step-judge.ts';
import { type FunctionMistake, isOptimiserMistake, type Mistake, type OptimiserMistake } from './mistake.ts';

type Rows = readonly (readonly number[])[];

/** What an implementation answered: the output of a function, or the parameters after each step, as far as it came. */
export type Answered = { readonly output: unknown } | { readonly steps: readonly (readonly Rows[])[] };

/**
 * Whether a mistake explains an answer: it lies within what the mistaken computation may give in the format, and that is bounded.
 *
 * An optimiser is followed from step to step through the parameters that were returned.
 */
export function agrees(mistake: Mistake, input: object, answered: Answered, format: FloatFormat): boolean {
  try {
    if (isOptimiserMistake(mistake)) {
      return 'steps' in answered && agreesStepwise(mistake, input as Doubles<OptimiserInput>, answered.steps, format);
    }
    return 'output' in answered && agreesOutright(mistake, input as never, answered.output, format);
  } catch (error) {
    // the mistaken computation has no answer here (an overflow, a singular matrix), so it explains none
    if (error instanceof RangeError || error instanceof TypeError) return false;
    throw error;
  }
}

const isNowhereFinite = (value: unknown): boolean =>
  numbersIn(value).every(({ value: x }) => x !== null && !Number.isFinite(x));

function agreesOutright(mistake: FunctionMistake, input: never, output: unknown, format: FloatFormat): boolean {
  if (mistake.isNotFinite?.(input) === true) return isNowhereFinite(output);
  const expected = expectedOutput(mistake as Pick<FunctionMistake, 'reference' | 'errorBound'>, input, format);
  if (!Number.isFinite(expected.bound)) return false;
  const miss = furthestEntry(expected, output);
  return miss !== undefined && !isShapeFault(miss) && miss.distance <= 1;
}

function agreesStepwise(
  mistake: OptimiserMistake,
  input: Doubles<OptimiserInput>,
  steps: readonly (readonly Rows[])[],
  format: FloatFormat,
): boolean {
  const judge = stepJudge(mistake.start, input, format);
  return steps.every((returned, k) => {
    const step = judge.step(input.gradients[k] ?? []);
    if (shapeOf(returned) !== shapeOf(input.parameters)) return false;
    const flags = returned.map((_, layer) => mistake.isNotFinite?.(input, k, layer) === true);
    if (flags.some((flag) => flag)) {
      return returned.every((rows, layer) => (flags[layer] === true ? isNowhereFinite(rows) : true));
    }
    const isExplained = step.isBounded && step.furthest(returned).distance <= 1;
    judge.continueAt(returned);
    return isExplained;
  });
}
