import { zipped } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import type { Stepped } from '../../methods/method.ts';
import { moved } from '../../methods/moved.ts';
import type { Memory, Parts, Scene } from './assembly.ts';

/** What moving the parameters needs to know. */
export interface Moving {
  readonly learningRate: number;
}

/** The same with decay, lambda. */
export interface Decaying extends Moving {
  readonly weightDecay: number;
}

/** W *= 1 - eta lambda, then W -= eta u. */
export const decayAndMove: Parts<Decaying>['move'] = (numbers, hyperparameters, { state, direction, memory }) =>
  moved(numbers, state, { ...hyperparameters, direction, memory });

/** W -= eta u. */
export const moveAlone: Parts<Moving>['move'] = (numbers, { learningRate }, scene) =>
  decayAndMove(numbers, { learningRate, weightDecay: 0 }, scene);

/** W <- kept W - eta u. */
export const keepAndMove = <T>(
  numbers: Numbers<T>,
  kept: T,
  { learningRate }: Moving,
  scene: Scene<T>,
): Stepped<T, Memory> => {
  const eta = numbers.of(learningRate);
  return arrived(
    numbers,
    scene,
    zipped(scene.state.parameters, scene.direction, (w, u) =>
      numbers.subtract(numbers.multiply(kept, w), numbers.multiply(eta, u)),
    ),
  );
};

/** W <- kept (W - eta u). */
export const moveAndKeep = <T>(
  numbers: Numbers<T>,
  kept: T,
  { learningRate }: Moving,
  scene: Scene<T>,
): Stepped<T, Memory> => {
  const eta = numbers.of(learningRate);
  return arrived(
    numbers,
    scene,
    zipped(scene.state.parameters, scene.direction, (w, u) =>
      numbers.multiply(kept, numbers.subtract(w, numbers.multiply(eta, u))),
    ),
  );
};

/** 1 - eta lambda. */
export const keptShare = <T>(numbers: Numbers<T>, { learningRate, weightDecay }: Decaying): T =>
  numbers.subtract(numbers.of(1), numbers.multiply(numbers.of(learningRate), numbers.of(weightDecay)));

/** A + factor B. */
export const plusMultiple = <T>(numbers: Numbers<T>, A: Grid<T>, factor: T, B: Grid<T>): Grid<T> =>
  zipped(A, B, (a, b) => numbers.add(a, numbers.multiply(factor, b)));

const arrived = <T>(numbers: Numbers<T>, { state, memory }: Scene<T>, parameters: Grid<T>): Stepped<T, Memory> => ({
  state: { ...state, steps: state.steps + 1, parameters, memory },
  update: zipped(state.parameters, parameters, numbers.subtract),
});
