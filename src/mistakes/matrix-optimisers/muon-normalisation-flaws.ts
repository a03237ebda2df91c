import { mapped } from '../../kernels/numbers/grid.ts';
import type { MuonHyperparameters } from '../../methods/muon.ts';
import { orthogonalised } from '../../methods/orthogonalised.ts';
import { muonOperation } from '../../operations/muon.ts';
import type { OptimiserMistake } from '../mistake.ts';
import type { Flaw } from '../parts/flaw.ts';
import { INITIAL_SIZES, type InitialSize } from '../parts/initial-size.ts';
import { muonRule } from '../parts/muon-rule.ts';
import { newtonSchulzFrom } from '../parts/newton-schulz-from.ts';
import { witness } from '../parts/witness.ts';
import { byHyperparameters } from '../variants.ts';
import { followedSoFar } from './followed-so-far.ts';
import { single } from './muon-witnesses.ts';
import { diagonal } from './square-witnesses.ts';

/** The largest finite number of IEEE binary16, (2 - 2^-10) 2^15 = 65504, and half a last place more: from there on it rounds to infinity. */
const HALF_OVERFLOW = 65520;

const from = (size: (epsilon: number) => InitialSize): Pick<Flaw<MuonHyperparameters>, 'change'> => ({
  change: {
    direct: muonRule({
      orthogonalise: (numbers, h, N) =>
        h.orthogonalisation === 'exact'
          ? orthogonalised(numbers, h, N)
          : numbers.transform(N, newtonSchulzFrom(size(h.epsilon), h.coefficients, h.steps)),
    }),
  },
});

const withEpsilon = (epsilon: number): Pick<Flaw<MuonHyperparameters>, 'runs'> => ({
  runs: (operation) => byHyperparameters<MuonHyperparameters>(operation, (h) => ({ ...h, epsilon })),
});

/** An epsilon above the norm 5: no two rules for it agree there. */
const LARGE_EPSILON = diagonal({
  learningRate: 1,
  nesterov: false,
  coefficients: [[1.5, -0.5, 0]],
  steps: 2,
  epsilon: 8,
  scale: 'none',
});

/** What the matrix is divided by before the first step. */
export const MUON_NORMALISATION_FLAWS: readonly Flaw<MuonHyperparameters>[] = [
  {
    slug: 'spectral-norm',
    kind: 'convention',
    name: 'divides by the spectral norm, not by the Frobenius norm',
    where: 'the comment "ensure spectral norm is at most 1" of KellerJordan/Muon taken at its word',
    effect: 'Starts with singular values up to rank^1/2 times larger, which need fewer steps.',
    witness: single(),
    ...from(INITIAL_SIZES.spectral),
  },
  {
    slug: 'not-normalised',
    kind: 'bug',
    name: 'does not normalise the matrix before Newton–Schulz',
    where: 'the line "ensure spectral norm is at most 1" of KellerJordan/Muon left out',
    effect: 'Diverges as soon as the gradient is large.',
    witness: witness(
      { learningRate: 1, coefficients: [[1.5, -0.5, 0]], steps: 2, scale: 'none' },
      [
        [0, 0],
        [0, 0],
      ],
      [
        [0.5, 0.25],
        [0, 0.5],
      ],
    ),
    ...from(INITIAL_SIZES.none),
  },
  {
    slug: 'epsilon-as-floor',
    kind: 'convention',
    name: 'divides by max(norm, epsilon), not by norm + epsilon',
    where: 'torch.optim.Muon (clamp); torch.nn.functional.normalize in NVIDIA-NeMo/Emerging-Optimizers#230',
    effect: 'Differs where the norm is not much larger than epsilon.',
    witness: LARGE_EPSILON,
    ...from(INITIAL_SIZES.clamped),
  },
  {
    slug: 'epsilon-inside-root',
    kind: 'convention',
    name: 'divides by (norm^2 + epsilon)^1/2, not by norm + epsilon',
    where:
      'torch.rsqrt(x.square().sum() + eps), as RMSNorm has it; compare google-deepmind/optax#440 and sail-sg/Adan#8',
    effect: 'Acts like an epsilon of epsilon^1/2: 1e-7 becomes 3e-4.',
    witness: LARGE_EPSILON,
    ...from(INITIAL_SIZES.underRoot),
  },
  {
    slug: 'epsilon-ignored',
    kind: 'bug',
    name: 'ignores epsilon',
    where: 'NVIDIA-NeMo/Emerging-Optimizers#254: "eps is ignored when normalize in double"',
    effect: 'Orthogonalises rounding errors where the gradient has vanished.',
    witness: LARGE_EPSILON,
    ...withEpsilon(0),
  },
  {
    slug: 'epsilon-fixed',
    kind: 'bug',
    name: 'takes epsilon for 1e-7, whatever is given',
    where: 'KellerJordan/Muon, where it is written into the function',
    effect: 'Ignores an epsilon that was chosen.',
    witness: LARGE_EPSILON,
    ...withEpsilon(1e-7),
  },
  {
    slug: 'norm-enlarged-by-one-percent',
    kind: 'convention',
    name: 'divides by 1.01 norm + epsilon',
    where: 'polar_express.py of NoahAmsel/PolarExpress',
    effect: 'Starts with singular values 1 percent smaller.',
    witness: single(),
    ...from((epsilon) => INITIAL_SIZES.enlarged(1.01, epsilon)),
  },
  {
    slug: 'norm-enlarged-by-two-percent',
    kind: 'convention',
    name: 'divides by 1.02 norm + epsilon',
    where: 'KellerJordan/modded-nanogpt, train_gpt.py: X.norm() * (1 + 2e-2)',
    effect: 'Starts with singular values 2 percent smaller.',
    witness: single(),
    ...from((epsilon) => INITIAL_SIZES.enlarged(1.02, epsilon)),
  },
  {
    slug: 'zero-by-zero',
    kind: 'bug',
    name: 'answers NaN where the matrix is zero: it divides by a norm of 0',
    where: 'NVIDIA-NeMo/Emerging-Optimizers#254; HeavyBall#55, microsoft/dion#24 for NorMuon',
    effect: 'Loses the layer at its first zero gradient.',
    witness: witness({ learningRate: 1, epsilon: 0 }, [[1, 2]], [[0, 0]]),
    isNotFinite: (input, step, layer) =>
      complete(input).orthogonalisation === 'newton-schulz' &&
      followedSoFar(complete(input), input, step, layer).some(({ data }) => data.every((x) => x === 0)),
  },
  {
    slug: 'float16-norm',
    kind: 'bug',
    name: 'sums the squares of the norm in float16, which ends at 65504: an infinite norm leaves no update',
    where: 'numpy.linalg.norm and torch.norm on the CPU for float16: both give inf for the vector (300, 0)',
    effect: 'Stands still where the norm is 256 or more, and loses the layer where an entry is 65520 or more.',
    witness: witness({ learningRate: 1 }, [[1, 2]], [[192, 256]]),
    isNotFinite: (input, step, layer) =>
      complete(input).orthogonalisation === 'newton-schulz' &&
      followedSoFar(complete(input), input, step, layer).some(({ data }) =>
        data.some((x) => Math.abs(x) >= HALF_OVERFLOW),
      ),
    change: {
      direct: muonRule({
        orthogonalise: (numbers, h, N) => {
          const O = orthogonalised(numbers, h, N);
          if (h.orthogonalisation === 'exact') return O;
          const zero = numbers.of(0);
          const room = numbers.subtract(numbers.of(HALF_OVERFLOW), numbers.sumOfProducts(N.data, N.data));
          return mapped(O, (x) => numbers.wherePositive(room, x, zero));
        },
      }),
    },
  },
];

const complete = ({ hyperparameters }: OptimiserMistake['witness']): MuonHyperparameters =>
  muonOperation.complete(hyperparameters) as unknown as MuonHyperparameters;
