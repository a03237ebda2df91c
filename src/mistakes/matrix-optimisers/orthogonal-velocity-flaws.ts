import { mapped } from '../../kernels/numbers/grid.ts';
import { POLAR } from '../../kernels/numbers/matrix-functions.ts';
import { heavyBall } from '../../methods/heavy-ball.ts';
import type { OrthogonalSgdmHyperparameters } from '../../methods/orthogonal-sgdm.ts';
import { ascent } from '../parts/ascent-flaw.ts';
import { bySharedState } from '../parts/carried-state.ts';
import type { Flaw } from '../parts/flaw.ts';
import { MOMENTUM_FORMS } from '../parts/momentum-forms.ts';
import { moveAlone } from '../parts/moves.ts';
import { type OrthogonalPieces, orthogonalRule } from '../parts/orthogonal-rule.ts';
import { witnessOfTwo } from '../parts/witness.ts';
import { fullRank } from './square-witnesses.ts';

const pieces = (changes: Partial<OrthogonalPieces>) => ({ change: { direct: orthogonalRule(changes) } });

const TURNING = fullRank(3, { learningRate: 0.5, momentum: 0.75 });

/** What is gathered from step to step. */
export const ORTHOGONAL_VELOCITY_FLAWS: readonly Flaw<OrthogonalSgdmHyperparameters>[] = [
  {
    slug: 'momentum-orthogonalised',
    kind: 'convention',
    name: 'orthogonalises the momentum, not the gradient: Muon',
    where: 'kellerjordan.github.io/posts/muon, which names arXiv:2202.07052 as the method with the other order',
    effect: 'Averages noise out before it is orthogonalised, and steps eta far at any momentum.',
    witness: TURNING,
    change: {
      direct: (numbers, { learningRate, momentum }, { memory }, gradient) => {
        const { buffer } = heavyBall(numbers, { momentum, nesterov: false }, memory.mean, gradient);
        const eta = numbers.of(learningRate);
        const direction = mapped(numbers.transform(buffer, POLAR), (x) => numbers.multiply(eta, x));
        return { direction, memory: { ...memory, mean: buffer } };
      },
    },
  },
  {
    slug: 'averaged',
    kind: 'convention',
    name: 'averages the velocity, v = gamma v + (1 - gamma) eta O, and does not sum it',
    where: 'the first moment of Adam; the momentum of torch.optim.Muon',
    effect: 'Steps 1 - gamma times as far.',
    witness: TURNING,
    ...pieces({ follow: MOMENTUM_FORMS.averages }),
  },
  {
    slug: 'dampened',
    kind: 'convention',
    name: 'dampens each update by 1 - gamma but the first',
    where: 'torch.optim.SGD with dampening = momentum (pytorch/pytorch#152833), on which orth_optim is built',
    effect: 'Lets the first gradient weigh 1 / (1 - gamma) times as much as all later ones.',
    witness: TURNING,
    ...pieces({ follow: MOMENTUM_FORMS.dampens }),
  },
  {
    slug: 'nesterov',
    kind: 'convention',
    name: 'follows eta O + gamma v, the form of Nesterov',
    where: 'nesterov=True of torch.optim.SGD, on which MarkTuddenham/Orthogonal-Optimisers is built',
    effect: 'Lets the latest gradient count 1 + gamma times.',
    witness: TURNING,
    ...pieces({ nesterov: true }),
  },
  {
    slug: 'forgets-momentum',
    kind: 'bug',
    name: 'ignores the momentum',
    where: 'momentum left at 0, the default of torch.optim.SGD',
    effect: 'Lets each step forget all gradients before its own.',
    witness: TURNING,
    ...pieces({ follow: MOMENTUM_FORMS.forgets }),
  },
  {
    slug: 'one-step-late',
    kind: 'bug',
    name: 'steps along the velocity from before the gradient entered it',
    where: 'the two lines of the update in the wrong order',
    effect: 'Stands still at first and uses each gradient one step late.',
    witness: TURNING,
    ...pieces({ follow: MOMENTUM_FORMS.comesLate }),
  },
  {
    slug: 'learning-rate-twice',
    kind: 'bug',
    name: 'multiplies by the learning rate when the gradient enters the velocity and again when the step is taken',
    where: 'the velocity of arXiv:2202.07052, which holds the learning rate, in the last line of torch.optim.SGD',
    effect: 'Squares the learning rate.',
    witness: TURNING,
    change: { move: moveAlone },
  },
  {
    slug: 'shared-state',
    kind: 'bug',
    name: 'shares one velocity between parameters of one shape',
    where: 'a state that is keyed by shape, or made once before the loop over the parameters',
    effect: 'Lets the gradients of one layer push another.',
    witness: witnessOfTwo({ learningRate: 0.5, momentum: 0.75 }, [[[0]], [[0]]], [[[4]], [[-8]]], [[[2]], [[1]]]),
    runs: bySharedState,
  },
  ascent(TURNING),
];
