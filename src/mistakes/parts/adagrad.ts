import { filled, zipped } from '../../kernels/numbers/grid.ts';
import type { Method } from '../../methods/method.ts';
import { moved } from '../../methods/moved.ts';

interface AdagradHyperparameters {
  readonly learningRate: number;
  readonly epsilon: number;
}

/**
 * Adagrad (Duchi, Hazan and Singer 2011), entry by entry: S += G², W -= eta G / (S^(1/2) + epsilon), or eta G / S^(1/2) with S from
 * epsilon; 0 where that divides by 0.
 */
export const adagrad = (place: 'outside' | 'inside'): Method<AdagradHyperparameters, 'square'> => ({
  remember: (numbers, { epsilon }, { rows, columns }) => ({
    square: filled(rows, columns, numbers.of(place === 'inside' ? epsilon : 0)),
  }),
  step: (numbers, { learningRate, epsilon }, state, gradient) => {
    const square = zipped(state.memory.square, gradient, (s, g) => numbers.add(s, numbers.multiply(g, g)));
    const offset = numbers.of(place === 'outside' ? epsilon : 0);
    const direction = zipped(gradient, square, (g, s) => numbers.divide(g, numbers.add(numbers.squareRoot(s), offset)));
    return moved(numbers, state, { learningRate, weightDecay: 0, direction, memory: { square } });
  },
});
