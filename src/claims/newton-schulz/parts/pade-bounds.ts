import type { Enclosure } from '../../../claim/enclosure.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { type IterationInstance, startingValues } from './iteration.ts';
import { type Degree, PADE } from './pade-map.ts';
import { errorSum } from './spectral-error.ts';

export interface PadeInstance extends IterationInstance {
  readonly degree: Degree;
}

const ONE = Rational.ONE;
export const isFirstStep = ({ steps }: PadeInstance): boolean => steps === 1;
/** The squared size of the error after the steps, at most. */
export const iteratedBound = (instance: PadeInstance): Enclosure =>
  errorSum(startingValues(instance), ONE, PADE[instance.degree].order ** instance.steps);

/** The same with another constant before the power, for one step. */
export const oneStepBound = (
  instance: PadeInstance,
  factor: Rational,
  order = PADE[instance.degree].order,
): Enclosure => errorSum(startingValues(instance), factor, order);

export const onUnitInterval = (instance: PadeInstance): boolean =>
  startingValues(instance).every(({ hi }) => hi.atMost(ONE));
export const aboveOne = (instance: PadeInstance): boolean => startingValues(instance).every(({ lo }) => ONE.atMost(lo));
