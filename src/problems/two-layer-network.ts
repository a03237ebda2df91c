import { type Matrix, transpose, zeros } from '../kernels/matrix/matrix.ts';
import { multiply } from '../kernels/matrix/multiply.ts';
import { portableExp, portableTanh } from '../kernels/portable-exp.ts';

/** A network without biases: hidden × inputs, then classes × hidden. */
export interface TwoLayers {
  readonly hidden: Matrix;
  readonly output: Matrix;
}

export interface Batch {
  /** inputs × samples. */
  readonly inputs: Matrix;
  /** One class index a sample. */
  readonly labels: readonly number[];
}

export interface LossAndGradient {
  /** Mean cross entropy. */
  readonly loss: number;
  /** The part of the samples whose largest output is the label's. */
  readonly accuracy: number;
  readonly gradient: TwoLayers;
}

/**
 * Mean cross entropy of softmax(W_2 tanh(W_1 x)) and its gradient by the chain rule:
 * with p the softmax less the one-hot label, over the number of samples, dW_2 = p hᵀ and dW_1 = ((1 - h²) ∘ W_2ᵀ p) xᵀ.
 */
export function lossAndGradient({ hidden, output }: TwoLayers, { inputs, labels }: Batch): LossAndGradient {
  const count = inputs.columns;
  const h = { ...multiply(hidden, inputs) };
  for (const [i, x] of h.data.entries()) h.data[i] = portableTanh(x);
  const logits = multiply(output, h);
  const error = zeros(logits.rows, count);
  let [loss, right] = [0, 0];
  for (let s = 0; s < count; s += 1) {
    const scores = Array.from({ length: logits.rows }, (_, c) => logits.data[c * count + s] ?? 0);
    const most = Math.max(...scores);
    const weights = scores.map((x) => portableExp(x - most));
    const total = weights.reduce((a, b) => a + b, 0);
    const label = labels[s] ?? 0;
    loss -= (scores[label] ?? 0) - most - Math.log(total);
    if (scores.indexOf(most) === label) right += 1;
    for (const [c, w] of weights.entries()) error.data[c * count + s] = (w / total - (c === label ? 1 : 0)) / count;
  }
  const back = multiply(transpose(output), error);
  for (const [i, x] of h.data.entries()) back.data[i] = (back.data[i] ?? 0) * (1 - x * x);
  return {
    loss: loss / count,
    accuracy: right / count,
    gradient: { hidden: multiply(back, transpose(inputs)), output: multiply(error, transpose(h)) },
  };
}
