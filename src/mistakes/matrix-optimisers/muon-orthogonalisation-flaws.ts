import { mapped } from '../../kernels/numbers/grid.ts';
import { orthogonalisation } from '../../kernels/numbers/matrix-functions.ts';
import { heavyBall } from '../../methods/heavy-ball.ts';
import type { MuonHyperparameters } from '../../methods/muon.ts';
import { muonScale } from '../../methods/muon-scale.ts';
import { orthogonalised } from '../../methods/orthogonalised.ts';
import { signs } from '../../methods/signs.ts';
import { completedPolar } from '../parts/completed-polar.ts';
import type { Flaw } from '../parts/flaw.ts';
import { MOMENTUM_FORMS } from '../parts/momentum-forms.ts';
import { type MuonPieces, muonRule } from '../parts/muon-rule.ts';
import { byHyperparameters } from '../variants.ts';
import { single, square } from './muon-witnesses.ts';
import { deficient } from './square-witnesses.ts';

const pieces = (changes: Partial<MuonPieces>): Pick<Flaw<MuonHyperparameters>, 'change'> => ({
  change: { direct: muonRule(changes) },
});

/** The buffer as Newton–Schulz in place leaves it, where it is what is orthogonalised: without Nesterov. */
const inPlace = (keep: MuonPieces['keep']): Pick<Flaw<MuonHyperparameters>, 'change'> =>
  pieces({ keep: (numbers, h, buffer, O) => (h.nesterov ? buffer : keep(numbers, h, buffer, O)) });

const asked = (kind: MuonHyperparameters['orthogonalisation']): Pick<Flaw<MuonHyperparameters>, 'runs'> => ({
  runs: (operation) => byHyperparameters<MuonHyperparameters>(operation, (h) => ({ ...h, orthogonalisation: kind })),
});

const completed = (determinant: 1 | -1): Pick<Flaw<MuonHyperparameters>, 'change'> =>
  pieces({
    orthogonalise: (numbers, h, N) =>
      h.orthogonalisation === 'exact'
        ? numbers.transform(N, completedPolar(determinant))
        : orthogonalised(numbers, h, N),
  });

const DEFICIENT = deficient({ learningRate: 1, nesterov: false, orthogonalisation: 'exact' });

/** What is orthogonalised, and whether it is. */
export const MUON_ORTHOGONALISATION_FLAWS: readonly Flaw<MuonHyperparameters>[] = [
  {
    slug: 'gradient-orthogonalised',
    kind: 'bug',
    name: 'applies Newton–Schulz to the gradient, not to the momentum',
    where: 'google-deepmind/optax#1170; arXiv:2202.07052, where it is meant so',
    effect: 'Lets each batch count alike, however small its gradient: noise is no longer averaged out.',
    witness: square({ nesterov: true }),
    change: {
      direct: (numbers, h, { memory }, gradient) => {
        const { buffer, followed } = heavyBall(numbers, h, memory.mean, orthogonalised(numbers, h, gradient));
        const s = muonScale(numbers, h.scale, gradient.rows, gradient.columns);
        return {
          direction: mapped(followed, (x) => numbers.multiply(s, x)),
          memory: { ...memory, mean: buffer },
        };
      },
    },
  },
  {
    slug: 'averaged',
    kind: 'convention',
    name: 'averages the momentum, B = mu B + (1 - mu) G, and does not sum it',
    where: 'torch.optim.Muon, KellerJordan/Muon#52, NVIDIA-NeMo/Emerging-Optimizers#166',
    effect: 'Changes nothing but how epsilon compares with the norm: 1 / (1 - mu) times as much.',
    witness: square(),
    ...pieces({ follow: MOMENTUM_FORMS.averages }),
  },
  {
    slug: 'bias-corrected',
    kind: 'convention',
    name: 'averages the momentum and corrects its bias, with Nesterov by 1 - mu^(t+1) for B and 1 - mu^t for G',
    where: 'optax.contrib.scale_by_muon',
    effect:
      'Lets the buffer count (1 - mu^t) / (1 - mu^(t+1)) times as much as it should beside the gradient: half at first.',
    witness: square({ nesterov: true }),
    ...pieces({ follow: MOMENTUM_FORMS.correctsBias }),
  },
  {
    slug: 'buffer-normalised',
    kind: 'bug',
    name: 'normalises the momentum buffer in place before Newton–Schulz',
    where: 'torch.optim.Muon before pytorch/pytorch#194664: div_ on grad.bfloat16(), which is no copy in bfloat16',
    effect: 'Lets new gradients outweigh the buffer, whose norm is 1 after every step.',
    witness: square({ nesterov: false }),
    ...inPlace((numbers, h, buffer) =>
      h.orthogonalisation === 'exact'
        ? buffer
        : numbers.transform(buffer, orthogonalisation(h.coefficients, 0, h.epsilon)),
    ),
  },
  {
    slug: 'buffer-orthogonalised',
    kind: 'bug',
    name: 'writes the orthogonalised update into the momentum buffer',
    where: 'Newton–Schulz in place on the buffer, where the form without Nesterov has no copy of it',
    effect: 'Forgets how large the gradients were in each direction.',
    witness: square({ nesterov: false }),
    ...inPlace((_, __, ___, O) => O),
  },
  {
    slug: 'not-orthogonalised',
    kind: 'bug',
    name: 'runs no Newton–Schulz at all and steps along the gradient: SGD with decay',
    where: 'deepspeedai/DeepSpeed#8441: ZeRO stage 0, the default',
    effect: 'Trains without a complaint, as SGD does.',
    witness: single(),
    change: { direct: (_, __, { memory }, gradient) => ({ direction: gradient, memory }) },
  },
  {
    slug: 'only-normalised',
    kind: 'bug',
    name: 'divides by the Frobenius norm and leaves out the iteration',
    where: 'a loop that does not run; what remains is arXiv:2002.03305',
    effect: 'Keeps the spectrum of the gradient: normalised SGD.',
    witness: single(),
    runs: (operation) => byHyperparameters<MuonHyperparameters>(operation, (h) => ({ ...h, steps: 0 })),
  },
  {
    slug: 'signs',
    kind: 'convention',
    name: 'takes the sign of every entry, where the matrix has to be orthogonalised',
    where: 'Signum (arXiv:1802.04434): the same step for the max-entry norm',
    effect: 'Steps up to (rows columns)^1/2 times as far in the spectral norm.',
    witness: single(),
    ...pieces({ orthogonalise: (numbers, _, N) => signs(numbers, N) }),
  },
  {
    slug: 'exact-always',
    kind: 'convention',
    name: 'takes the exact polar factor though Newton–Schulz is asked',
    where: 'a singular value decomposition in place of the iteration, as in arXiv:2202.07052',
    effect: 'Flattens also what a few steps of the iteration leave small.',
    witness: single(),
    ...asked('exact'),
  },
  {
    slug: 'exact-never',
    kind: 'convention',
    name: 'runs Newton–Schulz though the exact polar factor is asked',
    where: 'every Muon whose orthogonalisation cannot be chosen, such as torch.optim.Muon',
    effect: 'Leaves singular values in a band about 1.',
    witness: single({ orthogonalisation: 'exact' }),
    ...asked('newton-schulz'),
  },
  {
    slug: 'null-space-rotated',
    kind: 'convention',
    name: 'completes the null space of a gradient of rank n - 1, to a factor of determinant 1',
    where: 'U V^T of torch.linalg.svd, scipy.linalg.polar, whose sign there is that of the algorithm',
    effect: 'Takes a whole step in a direction without any gradient.',
    witness: DEFICIENT,
    ...completed(1),
  },
  {
    slug: 'null-space-reflected',
    kind: 'convention',
    name: 'completes the null space of a gradient of rank n - 1, to a factor of determinant -1',
    where: 'U V^T of torch.linalg.svd, scipy.linalg.polar, whose sign there is that of the algorithm',
    effect: 'Takes a whole step in a direction without any gradient.',
    witness: DEFICIENT,
    ...completed(-1),
  },
];
