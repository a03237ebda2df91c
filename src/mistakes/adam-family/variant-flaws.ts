import { mapped } from '../../kernels/numbers/grid.ts';
import type { AdamHyperparameters } from '../../methods/adam-direction.ts';
import { signs } from '../../methods/signs.ts';
import { adamRule, average, correctedSquare, weight } from '../parts/adam-rule.ts';
import { TURNING } from '../parts/adam-witnesses.ts';
import type { Flaw } from '../parts/flaw.ts';

const direct = adamRule();

/** Relatives of Adam that go by its name. */
export const VARIANT_FLAWS: readonly Flaw<AdamHyperparameters>[] = [
  {
    slug: 'amsgrad',
    kind: 'convention',
    name: 'divides by the largest v so far, corrected by the bias of this step (AMSGrad)',
    where: 'torch.optim.Adam(amsgrad=True); Reddi, Kale and Kumar 2018, Algorithm 2, with a bias correction besides',
    effect: 'Never lets the step grow again after a large gradient.',
    witness: TURNING,
    change: {
      direct: adamRule({
        other: (numbers, _, { other }, { square }) => numbers.maximum(other, square),
        size: (numbers, { epsilon }, _, { other, squareWeight }) =>
          numbers.add(numbers.squareRoot(numbers.divide(other, squareWeight)), numbers.of(epsilon)),
      }),
    },
  },
  {
    slug: 'amsgrad-of-corrected',
    kind: 'convention',
    name: 'divides by the largest corrected v^ so far (the other AMSGrad)',
    where: 'optax.scale_by_amsgrad, where the maximum is taken after the bias correction',
    effect: 'Never lets the step grow after the first one, whose v^ counts in full.',
    witness: TURNING,
    change: {
      direct: adamRule({
        other: (numbers, _, { other }, moments) => numbers.maximum(other, correctedSquare(numbers, moments)),
        size: (numbers, { epsilon }, _, { other }) => numbers.add(numbers.squareRoot(other), numbers.of(epsilon)),
      }),
    },
  },
  {
    slug: 'adamax',
    kind: 'convention',
    name: 'divides by the decaying maximum max(beta2 u, |g|) (Adamax)',
    where: 'arXiv:1412.6980, Algorithm 2; keras.optimizers.Adamax for the place of epsilon',
    effect: 'Divides by the largest recent gradient in place of the root mean square.',
    witness: TURNING,
    change: {
      direct: adamRule({
        square: (numbers, { beta2 }, { square, gradient }) =>
          numbers.maximum(
            numbers.multiply(numbers.of(beta2), square),
            numbers.maximum(gradient, numbers.subtract(numbers.of(0), gradient)),
          ),
        size: (numbers, { epsilon }, _, { square }) => numbers.add(square, numbers.of(epsilon)),
      }),
    },
  },
  {
    slug: 'nesterov',
    kind: 'convention',
    name: 'looks ahead as Nesterov does: beta1 m / (1 - beta1^(t+1)) + (1 - beta1) g / (1 - beta1^t)',
    where: 'optax.nadam; Dozat 2016, Algorithm 2',
    effect: 'Weighs the newest gradient more than Adam does.',
    witness: TURNING,
    change: {
      direct: adamRule({
        numerator: (numbers, { beta1 }, { gradient, t }, { mean, meanWeight }) =>
          average(
            numbers,
            beta1,
            numbers.divide(mean, weight(numbers, beta1, t + 1)),
            numbers.divide(gradient, meanWeight),
          ),
      }),
    },
  },
  {
    slug: 'centred',
    kind: 'convention',
    name: 'averages (g - m)^2 in v (the belief of AdaBelief)',
    where: 'arXiv:2010.07468, Algorithm 2, without the epsilon that it adds to v',
    effect: 'Takes large steps where gradients agree, however large they are.',
    witness: TURNING,
    change: {
      direct: adamRule({
        square: (numbers, { beta2 }, { square, gradient }, mean) => {
          const surprise = numbers.subtract(gradient, mean);
          return average(numbers, beta2, square, numbers.multiply(surprise, surprise));
        },
      }),
    },
  },
  {
    slug: 'sign-of-mean',
    kind: 'bug',
    name: 'moves by the sign of m',
    where: 'Signum, arXiv:1802.04434, which is Adam with v = m^2 and epsilon = 0',
    effect: 'Takes every entry by the full learning rate, however uncertain its direction.',
    witness: TURNING,
    change: {
      direct: (numbers, h, state, gradient) => {
        const { memory } = direct(numbers, h, state, gradient);
        return { direction: signs(numbers, memory.mean), memory };
      },
    },
  },
  {
    slug: 'no-second-moment',
    kind: 'bug',
    name: 'forgets v: moves by the corrected average m^ alone',
    where: 'optax.ema with debias in place of optax.scale_by_adam',
    effect: 'Is SGD with momentum: the step depends on the scale of the loss.',
    witness: TURNING,
    change: {
      direct: (numbers, h, state, gradient) => {
        const { memory } = direct(numbers, h, state, gradient);
        const meanWeight = weight(numbers, h.beta1, state.steps + 1);
        return { direction: mapped(memory.mean, (m) => numbers.divide(m, meanWeight)), memory };
      },
    },
  },
];
