import { filled, zipped } from '../kernels/numbers/grid.ts';
import { POLAR } from '../kernels/numbers/matrix-functions.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';

export interface OrthogonalSgdmHyperparameters {
  readonly learningRate: number;
  readonly momentum: number;
}

/** Orthogonalise first, momentum after (Tuddenham et al., arXiv:2202.07052): v = gamma v + eta polar(G); W -= v. */
export const orthogonalSgdm: Method<OrthogonalSgdmHyperparameters, 'velocity'> = {
  remember: (numbers, _, { rows, columns }) => ({ velocity: filled(rows, columns, numbers.of(0)) }),
  step: (numbers, { learningRate, momentum }, state, gradient) => {
    const [gamma, eta] = [numbers.of(momentum), numbers.of(learningRate)];
    const velocity = zipped(state.memory.velocity, numbers.transform(gradient, POLAR), (v, o) =>
      numbers.add(numbers.multiply(gamma, v), numbers.multiply(eta, o)),
    );
    return moved(numbers, state, { learningRate: 1, weightDecay: 0, direction: velocity, memory: { velocity } });
  },
};
