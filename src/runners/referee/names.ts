import { agrees } from '../../mistakes/agreement.ts';
import type { Mistake } from '../../mistakes/mistake.ts';
import type { Examined } from './examined.ts';
import type { Trial } from './trial.ts';

/** Whether a mistake reproduces what was answered. */
const explains = (mistake: Mistake, { input, answered }: Trial, { format }: Examined): boolean =>
  agrees(mistake, input, answered, format);

/** Whether one of the mistakes reproduces what was answered. */
export const isExplained = (trial: Trial, by: readonly Mistake[], examined: Examined): boolean =>
  by.some((mistake) => explains(mistake, trial, examined));

/** A known mistake that reproduces a wrong answer. */
export interface Likely {
  readonly mistake: Mistake;
  /** How many of the other answers that were kept it reproduces as well. */
  readonly alsoExplains: number;
}

/** More names than this say nothing. */
const MOST_NAMES = 3;

/**
 * The known mistakes that reproduce a wrong answer: those that reproduce every other answer that was kept as well, where there are
 * such, else those that reproduce most.
 */
export function likelyMistakes(wrong: Trial, others: readonly Trial[], examined: Examined): readonly Likely[] {
  if (wrong.outcome.kind !== 'wrong') return [];
  const counted = examined.mistakes
    .filter((mistake) => explains(mistake, wrong, examined))
    .map((mistake) => ({ mistake, alsoExplains: others.filter((trial) => explains(mistake, trial, examined)).length }))
    .sort((a, b) => b.alsoExplains - a.alsoExplains);
  const [first] = counted;
  const isComplete = first?.alsoExplains === others.length;
  return counted.filter(({ alsoExplains }) => !isComplete || alsoExplains === others.length).slice(0, MOST_NAMES);
}
