import fc from 'fast-check';
import { askedInputs } from '../../instances/asked/asked-inputs.ts';
import { isOptimiserMistake, type Mistake } from '../../mistakes/mistake.ts';
import type { AnyOperation } from '../../operations/operation.ts';
import { derivedSeed } from '../seed.ts';
import { type Examined, isOptimiser } from './examined.ts';

export interface CaseOptions {
  readonly runs: number;
  readonly seed: number;
  /** The most rows and columns of a matrix. */
  readonly mostSize: number;
}

/** Drawn together, so that a longer run begins like a shorter one and a million inputs are never in memory at once. */
const CHUNK = 100;

/** Where each known mistake shows, each input once. */
export function pinnedInputs({ operation, mistakes }: Examined): readonly object[] {
  const inputs = mistakes.map((mistake) => witnessInput(operation, mistake));
  return [...new Map(inputs.map((input) => [JSON.stringify(input), input])).values()];
}

/** `runs` random inputs; the same seed gives the same inputs. */
export function* randomInputs(
  { operation, format }: Examined,
  { runs, seed, mostSize }: CaseOptions,
): Generator<object> {
  const arbitrary = askedInputs(operation.id, { format, mostSize });
  if (arbitrary === undefined) return;
  for (let done = 0; done < runs; done += CHUNK) {
    const draw = { numRuns: Math.min(CHUNK, runs - done), seed: derivedSeed(seed, operation.id, `${done}`) };
    yield* fc.sample(arbitrary, draw) as object[];
  }
}

/** The inputs of a run of that length: first the pinned ones, then random ones. */
export function* casesOf(examined: Examined, options: CaseOptions): Generator<object> {
  const pinned = pinnedInputs(examined).slice(0, options.runs);
  yield* pinned;
  yield* randomInputs(examined, { ...options, runs: options.runs - pinned.length });
}

/** The witness with every default filled in: an implementation need not know ours. */
export function witnessInput(operation: AnyOperation, mistake: Mistake): object {
  if (isOptimiserMistake(mistake) && isOptimiser(operation)) {
    return { ...mistake.witness, hyperparameters: operation.complete(mistake.witness.hyperparameters) };
  }
  return operation.input.parse(mistake.witness) as object;
}
