import { mapped } from '../kernels/numbers/grid.ts';
import { heavyBall } from '../methods/heavy-ball.ts';
import type { SgdMomentumHyperparameters } from '../methods/sgd-momentum.ts';
import { sgdMomentumOperation } from '../operations/sgd-momentum.ts';
import { momentumFlaws } from './matrix-optimisers/momentum-flaws.ts';
import type { Mistake } from './mistake.ts';
import { ascent } from './parts/ascent-flaw.ts';
import type { Parts } from './parts/assembly.ts';
import { type Flaw, mistakesOfParts } from './parts/flaw.ts';
import { MOMENTUM_FORMS } from './parts/momentum-forms.ts';
import { momentumRule } from './parts/momentum-rule.ts';
import { STEP } from './parts/whole-step.ts';
import { witness, witnessOfTwo } from './parts/witness.ts';

const SGD_MOMENTUM: Parts<SgdMomentumHyperparameters> = { ...STEP, direct: momentumRule(heavyBall) };

/** Three gradients of one number: 4, -8, 16. */
const turning = (nesterov: boolean) =>
  witness({ learningRate: 0.5, momentum: 0.75, nesterov }, [[0]], [[4]], [[-8]], [[16]]);

const [plain, nesterov] = [turning(false), turning(true)];

const together = witnessOfTwo(
  { learningRate: 0.5, momentum: 0.75, nesterov: false },
  [[[0]], [[0]]],
  [[[4]], [[-8]]],
  [[[2]], [[1]]],
);

const FLAWS: readonly Flaw<SgdMomentumHyperparameters>[] = [
  {
    slug: 'averaged',
    kind: 'convention',
    name: 'averages the momentum, B = mu B + (1 - mu) G, and does not sum it',
    where: 'mlx.optimizers.SGD before ml-explore/mlx#87; the first moment of Adam',
    effect: 'Steps 1 - mu times as far, a tenth for mu = 0.9, so that a tuned learning rate does not carry over.',
    witness: plain,
    change: { direct: momentumRule(MOMENTUM_FORMS.averages) },
  },
  {
    slug: 'bias-corrected',
    kind: 'convention',
    name: 'averages the momentum and divides it by 1 - mu^t',
    where: 'arXiv:1412.6980, Algorithm 1; optax.ema(debias=True)',
    effect: 'Starts with whole gradient steps and ends with steps 1 - mu times as long as they should be.',
    witness: plain,
    change: { direct: momentumRule(MOMENTUM_FORMS.correctsBias) },
  },
  {
    slug: 'learning-rate-twice',
    kind: 'bug',
    name: 'multiplies by the learning rate when the gradient enters the buffer and again when the step is taken',
    where: 'the velocity of Caffe or Keras, which holds the learning rate, in the last line of torch.optim.SGD',
    effect: 'Squares the learning rate.',
    witness: plain,
    change: {
      see: (numbers, { learningRate }, _, gradient) =>
        mapped(gradient, (g) => numbers.multiply(numbers.of(learningRate), g)),
    },
  },
  ascent(plain),
];

/** Known mistakes of SGD with momentum. */
export const SGD_MOMENTUM_MISTAKES: readonly Mistake[] = mistakesOfParts(sgdMomentumOperation, SGD_MOMENTUM, [
  ...FLAWS,
  ...momentumFlaws(momentumRule, { plain, nesterov, together }),
]);
