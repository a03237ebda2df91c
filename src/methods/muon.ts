import type { Coefficients } from '../kernels/matrix/coefficient-sets.ts';
import { filled, mapped } from '../kernels/numbers/grid.ts';
import { orthogonalisation, POLAR } from '../kernels/numbers/matrix-functions.ts';
import type { Numbers } from '../kernels/numbers/numbers.ts';
import { heavyBall } from './heavy-ball.ts';
import type { Method } from './method.ts';
import { moved } from './moved.ts';

/** The factors by which the libraries scale the orthogonalised update of a rows × columns matrix. */
export const MUON_SCALES = [
  'none',
  'max(1,rows/columns)^1/2',
  '(rows/columns)^1/2',
  '0.2 max(rows,columns)^1/2',
] as const;

export interface MuonHyperparameters {
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly orthogonalisation: 'newton-schulz' | 'exact';
  readonly coefficients: readonly Coefficients[];
  readonly steps: number;
  readonly epsilon: number;
  readonly scale: (typeof MUON_SCALES)[number];
}

/**
 * Muon (Jordan 2024): the momentum B = mu B + G is orthogonalised, W *= 1 - eta lambda, W -= eta s O.
 *
 * O is the Newton–Schulz iterate of B (of G + mu B in the form of Nesterov), or its polar factor.
 */
export const muon: Method<MuonHyperparameters, 'buffer'> = {
  remember: (numbers, _, { rows, columns }) => ({ buffer: filled(rows, columns, numbers.of(0)) }),
  step: (numbers, hyperparameters, state, gradient) => {
    const { learningRate, weightDecay, coefficients, steps, epsilon, scale } = hyperparameters;
    const { buffer, followed } = heavyBall(numbers, hyperparameters, state.memory.buffer, gradient);
    const isExact = hyperparameters.orthogonalisation === 'exact';
    const O = numbers.transform(followed, isExact ? POLAR : orthogonalisation(coefficients, steps, epsilon));
    const s = scaleOf(numbers, scale, gradient.rows, gradient.columns);
    const direction = mapped(O, (x) => numbers.multiply(s, x));
    return moved(numbers, state, { learningRate, weightDecay, direction, memory: { buffer } });
  },
};

function scaleOf<T>(numbers: Numbers<T>, scale: MuonHyperparameters['scale'], rows: number, columns: number): T {
  const aspect = (): T => numbers.divide(numbers.of(rows), numbers.of(columns));
  switch (scale) {
    case 'none':
      return numbers.of(1);
    case 'max(1,rows/columns)^1/2':
      return rows > columns ? numbers.squareRoot(aspect()) : numbers.of(1);
    case '(rows/columns)^1/2':
      return numbers.squareRoot(aspect());
    case '0.2 max(rows,columns)^1/2':
      return numbers.multiply(numbers.of(0.2), numbers.squareRoot(numbers.of(Math.max(rows, columns))));
  }
}
