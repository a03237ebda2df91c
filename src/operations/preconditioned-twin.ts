import { type Preconditioner, preconditionedTwin } from '../kernels/gpu/preconditioned.ts';
import { arrayBackend } from '../kernels/gpu/select-backend.ts';
import { Declined, type Doubles } from './operation.ts';
import type { OptimiserInput } from './optimiser.ts';

/** Every step is some hundred small products on the backend: longer runs would take minutes. */
const MOST_STEPS = 64;

/** The `gpu` form of a preconditioned method, or why it declines. */
export async function twinOf<State>(
  method: Preconditioner<State>,
  learningRate: number,
  { parameters, gradients }: Doubles<OptimiserInput>,
) {
  if (gradients.length > MOST_STEPS) return new Declined(`the twin takes at most ${MOST_STEPS} steps`);
  const result = await preconditionedTwin(await arrayBackend(), method, learningRate, parameters, gradients);
  return result ?? new Declined('a Gram matrix is singular to single precision');
}
