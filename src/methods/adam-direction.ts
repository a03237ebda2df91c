import { filled, mapped, zipped } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';
import { power } from '../kernels/numbers/power.ts';
import { averaged } from './averaged.ts';
import type { State } from './method.ts';

export interface AdamHyperparameters {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** The averages of the gradient (m) and of its square (v). */
export type AdamMemory = 'mean' | 'square';

/** m = v = 0. */
export function adamMemory<T>(numbers: Numbers<T>, { rows, columns }: Grid<T>): Readonly<Record<AdamMemory, Grid<T>>> {
  const zero = filled(rows, columns, numbers.of(0));
  return { mean: zero, square: zero };
}

/**
 * u = m^ / (sqrt(v^) + epsilon), m^ = m / (1 - beta1^t), v^ = v / (1 - beta2^t), with the averages after gradient t = 1, 2, …
 *
 * Where the divisor is 0 (epsilon = 0 and no gradient but zeros so far, v = 0) u is 0.
 */
export function adamDirection<T>(
  numbers: Numbers<T>,
  { beta1, beta2, epsilon }: AdamHyperparameters,
  { steps, memory }: State<T, AdamMemory>,
  gradient: Grid<T>,
): { readonly direction: Grid<T>; readonly memory: Readonly<Record<AdamMemory, Grid<T>>> } {
  const squares = mapped(gradient, (g) => numbers.multiply(g, g));
  const mean = averaged(numbers, beta1, memory.mean, gradient);
  // an average of squares is not negative in any order: x - m >= -m, and so is its rounding
  const square = mapped(averaged(numbers, beta2, memory.square, squares), (v) => numbers.maximum(v, numbers.of(0)));
  const weight = (beta: number): T => numbers.subtract(numbers.of(1), power(numbers, numbers.of(beta), steps + 1));
  const [meanWeight, squareWeight, offset] = [weight(beta1), weight(beta2), numbers.of(epsilon)];
  const direction = zipped(mean, square, (m, v) => {
    const size = numbers.add(numbers.squareRoot(numbers.divide(v, squareWeight)), offset);
    return numbers.divide(numbers.divide(m, meanWeight), size);
  });
  return { direction, memory: { mean, square } };
}
