import { filled, mapped } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';
import { heavyBall } from './heavy-ball.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';
import { type MuonScale, muonScale } from './muon-scale.ts';
import { type Orthogonalisation, orthogonalised } from './orthogonalised.ts';

export interface MuonHyperparameters extends Orthogonalisation {
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly scale: MuonScale;
}

/** Muon (Jordan 2024): the momentum is orthogonalised (`muonDirection`), W *= 1 - eta lambda, W -= eta s O. */
export const muon: Method<MuonHyperparameters, 'buffer'> = {
  remember: (numbers, _, { rows, columns }) => ({ buffer: filled(rows, columns, numbers.of(0)) }),
  step: (numbers, hyperparameters, state, gradient) => {
    const { learningRate, weightDecay } = hyperparameters;
    const { direction, buffer } = muonDirection(numbers, hyperparameters, state.memory.buffer, gradient);
    return moved(numbers, state, { learningRate, weightDecay, direction, memory: { buffer } });
  },
};

/**
 * s O with the momentum B = mu B + G: O is the Newton–Schulz iterate of B (of G + mu B in the form of Nesterov), or its polar
 * factor.
 */
export function muonDirection<T>(
  numbers: Numbers<T>,
  hyperparameters: Omit<MuonHyperparameters, 'learningRate' | 'weightDecay'>,
  past: Grid<T>,
  gradient: Grid<T>,
): { readonly direction: Grid<T>; readonly buffer: Grid<T> } {
  const { buffer, followed } = heavyBall(numbers, hyperparameters, past, gradient);
  const O = orthogonalised(numbers, hyperparameters, followed);
  const s = muonScale(numbers, hyperparameters.scale, gradient.rows, gradient.columns);
  return { direction: mapped(O, (x) => numbers.multiply(s, x)), buffer };
}
