import type { Figure } from '../../../claim/figure.ts';
import { ballsFigure } from './balls-figure.ts';
import { resultsFigure } from './results-figure.ts';

export const figures: readonly Figure[] = [ballsFigure(), resultsFigure()];
