import {
  CUBIC,
  POLAR_EXPRESS,
  POLAR_EXPRESS_SAFE,
  QUINTIC,
  QUINTIC_JORDAN,
  QUINTIC_STABLE,
  QUINTIC_YOU,
  QUINTIC_YOU_SIX,
  type Schedule,
} from '../../kernels/matrix/coefficient-sets.ts';
import type { MuonHyperparameters } from '../../methods/muon.ts';
import type { Flaw } from '../parts/flaw.ts';
import { byHyperparameters } from '../variants.ts';
import { single } from './muon-witnesses.ts';

/**
 * The list of Polar Express that its users copied: five steps, a cushion of 2 and every map but the last divided by 1.02
 * (KellerJordan/modded-nanogpt, train_gpt.py; karpathy/nanochat, nanochat/optim.py).
 */
const POLAR_EXPRESS_FIVE: Schedule = [
  [8.156554524902461, -22.48329292557795, 15.878769915207462],
  [4.042929935166739, -2.808917465908714, 0.5000178451051316],
  [3.8916678022926607, -2.772484153217685, 0.5060648178503393],
  [3.285753657755655, -2.3681294933425376, 0.46449024233003106],
  [2.3465413258596377, -1.7097828382687081, 0.42323551169305323],
];

interface CoefficientSet {
  readonly slug: string;
  readonly words: string;
  readonly schedule: Schedule;
  readonly where: string;
  readonly effect: string;
}

const SETS: readonly CoefficientSet[] = [
  {
    slug: 'cubic',
    words: 'the cubic (3/2, -1/2, 0)',
    schedule: CUBIC,
    where: 'Higham, Functions of Matrices, section 8.3; arXiv:2409.20325, appendix A',
    effect: 'Lifts small singular values by 1.5 a step only, so that few steps leave most of the gradient as it is.',
  },
  {
    slug: 'quintic',
    words: 'the quintic (15, -10, 3)/8',
    schedule: QUINTIC,
    where: 'Kenney and Laub, SIAM J. Matrix Anal. Appl. 12, 1991; the last map of Polar Express',
    effect: 'Lifts small singular values by 1.875 a step only.',
  },
  {
    slug: 'jordan',
    words: 'the quintic (3.4445, -4.7750, 2.0315) of Muon',
    schedule: QUINTIC_JORDAN,
    where: 'KellerJordan/Muon, where it is written into the function; the default of torch.optim.Muon and optax',
    effect: 'Never converges: singular values end in a band about 1.',
  },
  {
    slug: 'stable',
    words: 'the quintic (2, -3/2, 1/2)',
    schedule: QUINTIC_STABLE,
    where: 'kellerjordan.github.io/posts/muon, where it is the baseline',
    effect: 'Lifts small singular values by 2 a step only.',
  },
  {
    slug: 'you',
    words: 'five different quintics (4.0848, -6.8946, 2.9270), …',
    schedule: QUINTIC_YOU,
    where: 'the default of microsoft/dion; J. You, x.com/YouJiacheng/status/1905861218138804534',
    effect: 'Flattens the spectrum faster than the same number of equal steps would.',
  },
  {
    slug: 'you-six',
    words: 'six different quintics (3955, -8306, 5008)/1024, …',
    schedule: QUINTIC_YOU_SIX,
    where: 'docs.modula.systems, algorithms, Newton-Schulz; J. You, x.com/YouJiacheng/status/1893704552689303901',
    effect: 'Flattens the spectrum faster than the same number of equal steps would.',
  },
  {
    slug: 'polar-express',
    words: 'the list of Polar Express without its safety factor',
    schedule: POLAR_EXPRESS,
    where: 'arXiv:2505.16932, Algorithm 2, before the division by 1.01',
    effect: 'Flattens the spectrum in [1e-3, 1] as fast as odd quintics can.',
  },
  {
    slug: 'polar-express-safe',
    words: 'the list of Polar Express with the safety factor 1.01',
    schedule: POLAR_EXPRESS_SAFE,
    where: 'NoahAmsel/PolarExpress; arXiv:2505.16932, Algorithm 2',
    effect: 'Flattens the spectrum in [1e-3, 1] and leaves room for rounding.',
  },
  {
    slug: 'polar-express-five',
    words: 'the list of Polar Express for five steps with the safety factor 1.02',
    schedule: POLAR_EXPRESS_FIVE,
    where: 'KellerJordan/modded-nanogpt, train_gpt.py; karpathy/nanochat, nanochat/optim.py',
    effect: 'Flattens the spectrum and leaves room for the rounding of bfloat16.',
  },
];

/** A triple of no set, so that each of them shows. */
const OWN = single({ coefficients: [[1.75, -1, 0.25]] });

/** The coefficients of some set whatever is given: one mistake a set. */
export const MUON_COEFFICIENT_FLAWS: readonly Flaw<MuonHyperparameters>[] = SETS.map(
  ({ slug, words, schedule, where, effect }) => ({
    slug: `coefficients-${slug}`,
    kind: 'convention',
    name: `takes ${words}, whatever coefficients are given`,
    where,
    effect,
    witness: OWN,
    runs: (operation) => byHyperparameters<MuonHyperparameters>(operation, (h) => ({ ...h, coefficients: schedule })),
  }),
);
