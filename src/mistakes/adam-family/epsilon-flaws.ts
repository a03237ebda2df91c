import type { AdamHyperparameters } from '../../methods/adam-direction.ts';
import { adamRule, correctedSquare } from '../parts/adam-rule.ts';
import { TURNING } from '../parts/adam-witnesses.ts';
import type { Flaw } from '../parts/flaw.ts';
import { byHyperparameters } from '../variants.ts';

/** Where epsilon stands in Adam's divisor sqrt(v^) + epsilon. */
export const EPSILON_FLAWS: readonly Flaw<AdamHyperparameters>[] = [
  {
    slug: 'epsilon-inside-root',
    kind: 'convention',
    name: 'puts epsilon inside the square root: sqrt(v^ + epsilon)',
    where: 'Flux before FluxML/Flux.jl#448; optax.adam by the name eps_root; the question of sail-sg/Adan#8',
    effect: 'Acts like an epsilon of sqrt(epsilon): 1e-8 becomes 1e-4, and small gradients hardly move.',
    witness: TURNING,
    change: {
      direct: adamRule({
        size: (numbers, { epsilon }, _, moments) =>
          numbers.squareRoot(numbers.add(correctedSquare(numbers, moments), numbers.of(epsilon))),
      }),
    },
  },
  {
    slug: 'epsilon-before-correction',
    kind: 'convention',
    name: 'adds epsilon to sqrt(v) before the bias correction (the "epsilon hat" of the paper)',
    where: 'tf.keras.optimizers.Adam; arXiv:1412.6980, end of section 2; github.com/MaeChd/MGUP',
    effect: 'Makes epsilon larger by 1 / sqrt(1 - beta2^t), some 30 times in the first step.',
    witness: TURNING,
    change: {
      direct: adamRule({
        // m^ / (sqrt v + epsilon) sqrt(1 - beta2^t) is m^ over this
        size: (numbers, { epsilon }, _, moments) =>
          numbers.divide(
            numbers.add(numbers.squareRoot(moments.square), numbers.of(epsilon)),
            numbers.squareRoot(moments.squareWeight),
          ),
      }),
    },
  },
  {
    slug: 'epsilon-as-floor',
    kind: 'bug',
    name: 'uses epsilon as a floor: max(sqrt(v^), epsilon)',
    where: 'torch.Tensor.clamp_(min=eps) in place of add_(eps), as torch.nn.functional.normalize does with its eps',
    effect: 'Moves further than Adam wherever sqrt(v^) is not much larger than epsilon.',
    witness: TURNING,
    change: {
      direct: adamRule({
        size: (numbers, { epsilon }, _, moments) =>
          numbers.maximum(numbers.squareRoot(correctedSquare(numbers, moments)), numbers.of(epsilon)),
      }),
    },
  },
  {
    slug: 'epsilon-fixed',
    kind: 'bug',
    name: 'takes epsilon for 1e-8, whatever is given',
    where: 'the default of arXiv:1412.6980, Algorithm 1, written into the update',
    effect: 'Ignores an epsilon that was tuned.',
    witness: TURNING,
    runs: (operation) => byHyperparameters<AdamHyperparameters>(operation, (h) => ({ ...h, epsilon: 1e-8 })),
  },
];
