import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { agreement } from '../../mistakes/agreement.ts';
import { coarserPrecisions } from '../../mistakes/coarser-precision.ts';
import type { Agreement, Mistake } from '../../mistakes/mistake.ts';
import type { Examined } from './examined.ts';
import { natureOf } from './nature.ts';
import type { Trial } from './trial.ts';

/** Answers of either kind, wrong and right, that a name is held against. */
export const COMPARED = 12;

/** The answers that a name is held against: the first of the wrong ones, and of the right ones. */
export const comparedWith = (failures: readonly Trial[], rights: readonly Trial[]): readonly Trial[] => [
  ...failures.filter(isNameable).slice(0, COMPARED),
  ...rights.slice(0, COMPARED),
];

/**
 * A refusal is no answer that a mistake could reproduce, and an overflow where nothing is guaranteed, or squares leave the range of
 * the format, is that and nothing else.
 */
function isNameable(trial: Trial): boolean {
  const nature = natureOf(trial);
  if (trial.outcome.kind !== 'wrong' || nature === 'refused') return false;
  return trial.obligation !== 'should' || nature !== 'not finite';
}

/** What a mistake says of all that was answered; the step that is wrong decides. */
const saysOf = (mistake: Mistake, { input, whole }: Trial, { format }: Examined): Agreement => {
  const decisive = 'gradients' in input && Array.isArray(input.gradients) ? input.gradients.length - 1 : 0;
  return agreement(mistake, whole, mistake.precision ?? format, decisive);
};

/** Whether a mistake reproduces what was answered; a coarser precision, once it is named, also where it guarantees nothing. */
function explains(mistake: Mistake, trial: Trial, examined: Examined): boolean {
  const says = saysOf(mistake, trial, examined);
  return says === 'agrees' || (says === 'silent' && mistake.precision !== undefined);
}

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
 * such; else a coarser precision than the declared one, where that explains all; else those that reproduce most.
 */
export function likelyMistakes(wrong: Trial, others: readonly Trial[], examined: Examined): readonly Likely[] {
  if (!isNameable(wrong)) return [];
  const counted = examined.mistakes
    .filter((mistake) => explains(mistake, wrong, examined))
    .map((mistake) => {
      const alsoExplains = others.filter((trial) => saysOf(mistake, trial, examined) !== 'disagrees').length;
      return { mistake, alsoExplains };
    })
    .sort((a, b) => b.alsoExplains - a.alsoExplains);
  const complete = counted.filter(({ alsoExplains }) => alsoExplains === others.length);
  if (complete.length > 0) return complete.slice(0, MOST_NAMES);
  const coarser = coarserPrecisions(examined.operation, examined.format).find((mistake) =>
    isThroughout(mistake, [wrong, ...others], examined),
  );
  return coarser === undefined ? counted.slice(0, MOST_NAMES) : [{ mistake: coarser, alsoExplains: others.length }];
}

/** A bound may be so many times wider than what is lost in fact. */
const SLACK = 2 ** 10;

/**
 * Whether a coarser precision contradicts no answer and reproduces a wrong one that only it could give, off by as much as its roundoff
 * exceeds that of the declared format, up to the slack of the bounds: a wide bound explains every small miss, and an infinite one everything.
 */
function isThroughout(coarser: Mistake, trials: readonly Trial[], examined: Examined): boolean {
  const { format } = examined;
  const least = UNIT_ROUNDOFF[coarser.precision ?? format] / UNIT_ROUNDOFF[format] / SLACK;
  const said = trials.map((trial) => ({ trial, says: saysOf(coarser, trial, examined) }));
  return (
    said.every(({ says }) => says !== 'disagrees') &&
    said.some(({ trial: { outcome }, says }) => {
      const distance = outcome.kind === 'wrong' ? outcome.miss.distance : 0;
      return says === 'agrees' && distance >= least && Number.isFinite(distance);
    })
  );
}
