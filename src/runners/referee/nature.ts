import { everyNumber } from '../../operations/verdict/numbers-in.ts';
import type { Trial } from './trial.ts';

/** In what way an answer fails; shrinking does not leave it. */
export type Nature = 'broken' | 'refused' | 'shape' | 'not finite' | 'number';

/** The way in which a trial fails; undefined where it does not. */
export function natureOf({ outcome }: Trial): Nature | undefined {
  if (outcome.kind === 'right') return undefined;
  if (outcome.kind === 'broken') return 'broken';
  if ('error' in outcome.got) return 'refused';
  if (Number.isNaN(outcome.miss.expected) && outcome.miss.bound === 0) return 'shape';
  return !everyNumber(outcome.got, (x) => x === null || Number.isFinite(x)) ? 'not finite' : 'number';
}
