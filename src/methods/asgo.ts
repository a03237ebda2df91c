import { oneSidedRoot } from '../kernels/matrix/one-sided-root.ts';
import { spectralFunction } from '../kernels/matrix/spectral-function.ts';
import { filled, zipped } from '../kernels/numbers/grid.ts';
import { gridProduct, gridTranspose } from './grid-product.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';

export interface AsgoHyperparameters {
  readonly learningRate: number;
  readonly epsilon: number;
  readonly side: 'left' | 'right';
}

/**
 * ASGO (An et al., arXiv:2503.20762), one-sided Shampoo: V += G Gᵀ; W -= eta (V^(1/2) + epsilon I)^-1 G, the pseudo-inverse
 * for epsilon = 0. On the right it is the same method on the transposed matrix.
 */
export const asgo: Method<AsgoHyperparameters, 'square'> = {
  remember: (numbers, { side }, { rows, columns }) => {
    const size = side === 'left' ? rows : columns;
    return { square: filled(size, size, numbers.of(0)) };
  },
  step: (numbers, { learningRate, epsilon, side }, state, gradient) => {
    const oriented = side === 'left' ? gradient : gridTranspose(gradient);
    const square = zipped(state.memory.square, gridProduct(numbers, oriented, gridTranspose(oriented)), numbers.add);
    const root = spectralFunction(oneSidedRoot(epsilon, gradient.rows, gradient.columns));
    const stepped = gridProduct(numbers, numbers.transform(square, root), oriented);
    const direction = side === 'left' ? stepped : gridTranspose(stepped);
    return moved(numbers, state, { learningRate, weightDecay: 0, direction, memory: { square } });
  },
};
