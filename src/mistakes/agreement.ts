import type { Doubles, FloatFormat } from '../operations/operation.ts';
import type { OptimiserInput } from '../operations/optimiser.ts';
import { everyNumber, shapeOf } from '../operations/verdict/numbers-in.ts';
import { expectedOutput, furthestEntry, isShapeFault } from '../operations/verdict/output-verdict.ts';
import { stepJudge } from '../operations/verdict/step-judge.ts';
import {
  type Agreement,
  type FunctionMistake,
  isOptimiserMistake,
  type Mistake,
  type OptimiserMistake,
} from './mistake.ts';

type Rows = readonly (readonly number[])[];

/** What an implementation answered: the output of a function, or the parameters after each step, as far as it came. */
export type Answered = { readonly output: unknown } | { readonly steps: readonly (readonly Rows[])[] };

/**
 * Whether a mistake explains an answer. An optimiser is followed from step to step through the parameters that were returned; it is
 * silent where nothing is guaranteed for the step `decisive`, from 0 (the last one where it is absent).
 */
export function agreement(
  mistake: Mistake,
  { input, answered }: { readonly input: object; readonly answered: Answered },
  format: FloatFormat,
  decisive?: number,
): Agreement {
  try {
    if (isOptimiserMistake(mistake)) {
      if (!('steps' in answered)) return 'disagrees';
      return stepwise(mistake, input as Doubles<OptimiserInput>, answered.steps, format, decisive);
    }
    return 'output' in answered ? outright(mistake, input as never, answered.output, format) : 'disagrees';
  } catch (error) {
    // the mistaken computation has no answer here (an overflow, a singular matrix), so it explains none
    if (error instanceof RangeError || error instanceof TypeError) return 'disagrees';
    throw error;
  }
}

const isNowhereFinite = (value: unknown): boolean => everyNumber(value, (x) => x !== null && !Number.isFinite(x));

function outright(mistake: FunctionMistake, input: never, output: unknown, format: FloatFormat): Agreement {
  if (mistake.isNotFinite?.(input) === true) return isNowhereFinite(output) ? 'agrees' : 'disagrees';
  const expected = expectedOutput(mistake as Pick<FunctionMistake, 'reference' | 'errorBound'>, input, format);
  const miss = furthestEntry(expected, output);
  if (mistake.agreement !== undefined && miss !== undefined && !isShapeFault(miss)) {
    return mistake.agreement(input, output as never, format);
  }
  if (miss === undefined || isShapeFault(miss) || miss.distance > 1) return 'disagrees';
  return Number.isFinite(expected.bound) ? 'agrees' : 'silent';
}

function stepwise(
  mistake: OptimiserMistake,
  input: Doubles<OptimiserInput>,
  steps: readonly (readonly Rows[])[],
  format: FloatFormat,
  decisive = steps.length - 1,
): Agreement {
  const judge = stepJudge(mistake.start, input, format);
  let isDecided = true;
  for (const [k, returned] of steps.entries()) {
    const step = judge.step(input.gradients[k] ?? []);
    if (shapeOf(returned) !== shapeOf(input.parameters)) return 'disagrees';
    const isLost = returned.map((_, layer) => mistake.isNotFinite?.(input, k, layer) === true);
    if (isLost.some((lost) => lost)) {
      // nothing can follow from what is no number
      return returned.every((rows, layer) => isLost[layer] !== true || isNowhereFinite(rows)) ? 'agrees' : 'disagrees';
    }
    if (step.furthest(returned).distance > 1) {
      // where nothing is guaranteed an overflow is no contradiction, and nothing can follow from it
      return !step.isBounded && !everyNumber(returned, Number.isFinite) ? 'silent' : 'disagrees';
    }
    if (k === decisive && !step.isBounded) isDecided = false;
    judge.continueAt(returned);
  }
  return isDecided ? 'agrees' : 'silent';
}
