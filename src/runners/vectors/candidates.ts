import fc from 'fast-check';
import { askedInputs } from '../../instances/asked/asked-inputs.ts';
import type { Mistake } from '../../mistakes/mistake.ts';
import type { AnyOperation } from '../../operations/operation.ts';
import { witnessInput } from '../referee/cases.ts';
import { simplicityOf } from '../referee/simplicity.ts';
import { DEFAULT_SEED, derivedSeed } from '../seed.ts';
import type { Note } from './vector.ts';

/** An input that deserves a vector, and what it hunts. */
export interface Candidate {
  readonly comment: string;
  readonly flag: string;
  readonly note: Note;
  readonly input: object;
}

/** Random inputs beside the witnesses. */
const DRAWN = 8;
/** Of so many the simplest are taken: a reader should be able to look at a vector. */
const DRAWS = 40;
const MOST_SIZE = 4;

const DRAWN_NOTE: Note = {
  bugClass: 'any',
  effect: 'an input drawn at random from the domain of the operation',
  links: [],
};

/** Where each known mistake shows, and some inputs drawn at random with a fixed seed. */
export function candidatesOf(operation: AnyOperation, mistakes: readonly Mistake[]): readonly Candidate[] {
  const witnesses = mistakes.map((mistake): Candidate => {
    const { id, kind, name, where, effect } = mistake;
    const input = witnessInput(operation, mistake);
    return {
      comment: `fails where an implementation ${name}`,
      flag: id,
      note: { bugClass: kind, effect, links: [where] },
      input,
    };
  });
  const arbitrary = askedInputs(operation.id, { format: 'float64', mostSize: MOST_SIZE });
  const seed = derivedSeed(DEFAULT_SEED, 'vectors', operation.id);
  const drawn = arbitrary === undefined ? [] : (fc.sample(arbitrary, { numRuns: DRAWS, seed }) as object[]);
  const simplest = [...drawn].sort((a, b) => simplicityOf(a) - simplicityOf(b)).slice(0, DRAWN);
  const comment = 'drawn at random';
  return [...witnesses, ...simplest.map((input) => ({ comment, flag: 'drawn', note: DRAWN_NOTE, input }))];
}
