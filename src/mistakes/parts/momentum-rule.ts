import type { Parts } from './assembly.ts';
import type { MomentumForm } from './momentum-forms.ts';

/** What SGD with momentum follows, by this form; the buffer is remembered as the mean. */
export const momentumRule =
  (follow: MomentumForm): Parts<{ readonly momentum: number; readonly nesterov: boolean }>['direct'] =>
  (numbers, { momentum, nesterov }, { steps, memory }, gradient) => {
    const { buffer, followed } = follow(numbers, { momentum, nesterov, steps }, memory.mean, gradient);
    return { direction: followed, memory: { ...memory, mean: buffer } };
  };
