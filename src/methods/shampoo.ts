import { inverseRoot } from '../kernels/matrix/inverse-root.ts';
import { spectralFunction } from '../kernels/matrix/spectral-function.ts';
import { zipped } from '../kernels/numbers/grid.ts';
import { gridProduct, gridTranspose } from './grid-product.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';
import { multipleOfIdentity } from './multiple-of-identity.ts';

export interface ShampooHyperparameters {
  readonly learningRate: number;
  readonly epsilon: number;
}

const FOURTH_ROOT = spectralFunction(inverseRoot(4, 0));

/** Shampoo (Gupta, Koren, Singer 2018): L += G Gᵀ, R += Gᵀ G from epsilon I; W -= eta L^(-1/4) G R^(-1/4). */
export const shampoo: Method<ShampooHyperparameters, 'left' | 'right'> = {
  remember: (numbers, { epsilon }, { rows, columns }) => ({
    left: multipleOfIdentity(numbers, rows, epsilon),
    right: multipleOfIdentity(numbers, columns, epsilon),
  }),
  step: (numbers, { learningRate }, state, gradient) => {
    const transposed = gridTranspose(gradient);
    const left = zipped(state.memory.left, gridProduct(numbers, gradient, transposed), numbers.add);
    const right = zipped(state.memory.right, gridProduct(numbers, transposed, gradient), numbers.add);
    const half = gridProduct(numbers, numbers.transform(left, FOURTH_ROOT), gradient);
    const direction = gridProduct(numbers, half, numbers.transform(right, FOURTH_ROOT));
    return moved(numbers, state, { learningRate, weightDecay: 0, direction, memory: { left, right } });
  },
};
