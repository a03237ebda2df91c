import type { AdamWHyperparameters } from '../../methods/adamw.ts';
import { adamRule, correctedMean, weight } from '../parts/adam-rule.ts';
import { DECAYING } from '../parts/decay-flaws.ts';
import type { Flaw } from '../parts/flaw.ts';
import { keepAndMove, moveAlone } from '../parts/moves.ts';

/** Decay that only a method with Adam's root and bias corrections can get wrong. */
export const ADAM_DECAY_FLAWS: readonly Flaw<AdamWHyperparameters>[] = [
  {
    slug: 'decay-through-root',
    kind: 'bug',
    name: 'divides the decay by sqrt(v^) + epsilon too: lambda W is added to m^',
    where: 'what arXiv:1711.05101, section 2, warns of: decay that is scaled by the adaptive divisor',
    effect: 'Decays most where gradients are small.',
    witness: DECAYING,
    change: {
      direct: (numbers, h, state, gradient) =>
        adamRule({
          numerator: (system, _, { parameter }, moments) =>
            system.add(correctedMean(system, moments), system.multiply(system.of(h.weightDecay), parameter)),
        })(numbers, h, state, gradient),
      move: moveAlone,
    },
  },
  {
    slug: 'decay-by-corrected-step',
    kind: 'convention',
    name: 'decays by 1 - eta_t lambda with the bias-corrected eta_t = eta sqrt(1 - beta2^t) / (1 - beta1^t)',
    where: 'arXiv:2606.17526, Algorithm 1, as printed; step_size folded as in the fused kernels of Adam',
    effect: 'Decays sqrt(1 - beta2) / (1 - beta1) times as fast at first, a third by default.',
    witness: DECAYING,
    change: {
      move: (numbers, h, scene) => {
        const t = scene.state.steps + 1;
        const correction = numbers.divide(numbers.squareRoot(weight(numbers, h.beta2, t)), weight(numbers, h.beta1, t));
        const step = numbers.multiply(numbers.of(h.learningRate), correction);
        const decay = numbers.multiply(step, numbers.of(h.weightDecay));
        return keepAndMove(numbers, numbers.subtract(numbers.of(1), decay), h, scene);
      },
    },
  },
];
