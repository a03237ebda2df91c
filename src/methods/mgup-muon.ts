import { filled, zipped } from '../kernels/numbers/grid.ts';
import type { Method } from './method.ts';
import { type MgupHyperparameters, mgup } from './mgup.ts';
import { moved } from './moved.ts';
import { type MuonHyperparameters, muonDirection } from './muon.ts';

export interface MgupMuonHyperparameters extends MuonHyperparameters, MgupHyperparameters {}

/**
 * MGUP-Muon (arXiv:2606.17526): Muon, decay first, whose orthogonalised direction is scaled by the rank of the scores B G of the
 * momentum before it is orthogonalised (B, not what Nesterov's form follows).
 */
export const mgupMuon: Method<MgupMuonHyperparameters, 'buffer'> = {
  remember: (numbers, _, { rows, columns }) => ({ buffer: filled(rows, columns, numbers.of(0)) }),
  step: (numbers, hyperparameters, state, gradient) => {
    const { direction, buffer } = muonDirection(numbers, hyperparameters, state.memory.buffer, gradient);
    const scores = zipped(buffer, gradient, numbers.multiply);
    return moved(numbers, state, {
      ...hyperparameters,
      direction: mgup(numbers, hyperparameters, direction, scores),
      memory: { buffer },
    });
  },
};
