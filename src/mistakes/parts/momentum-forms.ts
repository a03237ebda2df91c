import { mapped, zipped } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { power } from '../../kernels/numbers/power.ts';
import { averaged } from '../../methods/averaged.ts';
import { heavyBall } from '../../methods/heavy-ball.ts';

/** What a momentum is made from; `steps` are those before this one. */
export interface MomentumSettings {
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly steps: number;
}

/** The momentum buffer after a gradient, and what is followed; the definition is `heavyBall`. */
export type MomentumForm = <T>(
  numbers: Numbers<T>,
  settings: MomentumSettings,
  buffer: Grid<T>,
  gradient: Grid<T>,
) => { readonly buffer: Grid<T>; readonly followed: Grid<T> };

/** A + mu B. */
const plus = <T>(numbers: Numbers<T>, A: Grid<T>, mu: T, B: Grid<T>): Grid<T> =>
  zipped(A, B, (a, b) => numbers.add(numbers.multiply(mu, b), a));

/** B = mu B + (1 - mu) G and, with Nesterov, mu B + (1 - mu) G: (1 - mu) times the definition. */
const averages: MomentumForm = (numbers, { momentum, nesterov }, past, gradient) => {
  const buffer = averaged(numbers, momentum, past, gradient);
  return { buffer, followed: nesterov ? averaged(numbers, momentum, buffer, gradient) : buffer };
};

/** With Nesterov B = mu B + (1 - mu) G, but G + mu B: two conventions at once. */
const averagesHalf: MomentumForm = (numbers, settings, past, gradient) => {
  if (!settings.nesterov) return heavyBall(numbers, settings, past, gradient);
  const buffer = averaged(numbers, settings.momentum, past, gradient);
  return { buffer, followed: plus(numbers, gradient, numbers.of(settings.momentum), buffer) };
};

/** B = G at the first step, mu B + (1 - mu) G from then on. */
const dampens: MomentumForm = (numbers, { momentum, nesterov, steps }, past, gradient) => {
  const buffer = steps === 0 ? gradient : averaged(numbers, momentum, past, gradient);
  return { buffer, followed: nesterov ? plus(numbers, gradient, numbers.of(momentum), buffer) : buffer };
};

/** The average divided by 1 - mu^t, with Nesterov mu B / (1 - mu^(t+1)) + (1 - mu) G / (1 - mu^t). */
const correctsBias: MomentumForm = (numbers, { momentum, nesterov, steps }, past, gradient) => {
  const buffer = averaged(numbers, momentum, past, gradient);
  const weight = <T>(system: Numbers<T>, t: number): T =>
    system.subtract(system.of(1), power(system, system.of(momentum), t));
  const corrected = <T>(system: Numbers<T>, A: Grid<T>, t: number): Grid<T> =>
    mapped(A, (x) => system.divide(x, weight(system, t)));
  const [now, later] = [steps + 1, steps + 2];
  const followed = nesterov
    ? averaged(numbers, momentum, corrected(numbers, buffer, later), corrected(numbers, gradient, now))
    : corrected(numbers, buffer, now);
  return { buffer, followed };
};

/** B itself becomes G + mu B: what Nesterov follows is added up in place. */
const overwritesBuffer: MomentumForm = (numbers, settings, past, gradient) => {
  const { followed } = heavyBall(numbers, settings, past, gradient);
  return { buffer: followed, followed };
};

/** The first buffer is the gradient, to which Nesterov's mu B is then added in place. */
const aliasesFirst: MomentumForm = (numbers, settings, past, gradient) => {
  const { buffer, followed } = heavyBall(numbers, settings, past, gradient);
  return { buffer: settings.steps === 0 ? followed : buffer, followed };
};

/** The buffer is the memory of the gradient: each new gradient overwrites it, so that mu B + G is 2 mu G. */
const keepsGradient: MomentumForm = (numbers, { momentum, nesterov, steps }, _, gradient) => {
  const mu = numbers.of(momentum);
  const scaled = mapped(gradient, (g) => numbers.multiply(mu, g));
  const buffer = steps === 0 ? gradient : zipped(scaled, scaled, numbers.add);
  return { buffer, followed: nesterov ? plus(numbers, buffer, mu, buffer) : buffer };
};

/** Without Nesterov follows B before G enters it. */
const comesLate: MomentumForm = (numbers, settings, past, gradient) => {
  const { buffer, followed } = heavyBall(numbers, settings, past, gradient);
  return { buffer, followed: settings.nesterov ? followed : past };
};

/** Follows G. */
const forgets: MomentumForm = (_, __, buffer, gradient) => ({ buffer, followed: gradient });

/** Nesterov adds mu B to B, not to G. */
const addsToBuffer: MomentumForm = (numbers, settings, past, gradient) => {
  const { buffer } = heavyBall(numbers, { ...settings, nesterov: false }, past, gradient);
  return {
    buffer,
    followed: settings.nesterov ? plus(numbers, buffer, numbers.of(settings.momentum), buffer) : buffer,
  };
};

/** Nesterov adds mu (G + mu B) to G: the look-ahead of the look-ahead. */
const looksAheadTwice: MomentumForm = (numbers, settings, past, gradient) => {
  const { buffer, followed } = heavyBall(numbers, settings, past, gradient);
  const mu = numbers.of(settings.momentum);
  return { buffer, followed: settings.nesterov ? plus(numbers, gradient, mu, followed) : followed };
};

/** Nesterov adds mu B to G before G enters an average. */
const looksAheadFirst: MomentumForm = (numbers, settings, past, gradient) => {
  if (!settings.nesterov) return heavyBall(numbers, settings, past, gradient);
  const entering = plus(numbers, gradient, numbers.of(settings.momentum), past);
  const buffer = averaged(numbers, settings.momentum, past, entering);
  return { buffer, followed: buffer };
};

/** The ways to get a momentum wrong, or to follow another convention. */
export const MOMENTUM_FORMS = {
  averages,
  averagesHalf,
  dampens,
  correctsBias,
  overwritesBuffer,
  aliasesFirst,
  keepsGradient,
  comesLate,
  forgets,
  addsToBuffer,
  looksAheadFirst,
  looksAheadTwice,
} as const satisfies Readonly<Record<string, MomentumForm>>;
