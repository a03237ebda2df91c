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

/** The inputs of a run: where each known mistake shows, then random ones. The same seed gives the same inputs. */
export function* casesOf(
  { operation, mistakes, format }: Examined,
  { runs, seed, mostSize }: CaseOptions,
): Generator<object> {
  const pinned = mistakes.map((mistake) => witnessInput(operation, mistake)).slice(0, runs);
  yield* pinned;
  const arbitrary = askedInputs(operation.id, { format, mostSize });
  if (arbitrary === undefined) return;
  for (let done = pinned.length; done < runs; done += CHUNK) {
    const draw = { numRuns: Math.min(CHUNK, runs - done), seed: derivedSeed(seed, operation.id, `${done}`) };
    yield* fc.sample(arbitrary, draw) as object[];
  }
}

/** The witness with every default filled in: an implementation need not know ours. */
export function witnessInput(operation: AnyOperation, mistake: Mistake): object {
  if (isOptimiserMistake(mistake) && isOptimiser(operation)) {
    return { ...mistake.witness, hyperparameters: operation.complete(mistake.witness.hyperparameters) };
  }
  return operation.input.parse(mistake.witness) as object;
}
