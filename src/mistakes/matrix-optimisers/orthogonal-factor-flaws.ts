import { QUINTIC_JORDAN } from '../../kernels/matrix/coefficient-sets.ts';
import { gridOf, mapped, rowsOf } from '../../kernels/numbers/grid.ts';
import { orthogonalisation, POLAR } from '../../kernels/numbers/matrix-functions.ts';
import type { Grid, MatrixFunction, Numbers } from '../../kernels/numbers/numbers.ts';
import { gridNorm } from '../../methods/grid-norm.ts';
import { muonScale } from '../../methods/muon-scale.ts';
import type { OrthogonalSgdmHyperparameters } from '../../methods/orthogonal-sgdm.ts';
import { signs } from '../../methods/signs.ts';
import { completedPolar } from '../parts/completed-polar.ts';
import type { Flaw } from '../parts/flaw.ts';
import { type OrthogonalPieces, orthogonalRule } from '../parts/orthogonal-rule.ts';
import { witness } from '../parts/witness.ts';
import { deficient, fullRank } from './square-witnesses.ts';

const factor = (orthogonalise: OrthogonalPieces['orthogonalise']) => ({
  change: { direct: orthogonalRule({ orthogonalise }) },
});

const through = (f: MatrixFunction) => factor((numbers, G) => numbers.transform(G, f));

/** A / ||A||_F, 0 for 0. */
const normalised = <T>(numbers: Numbers<T>, A: Grid<T>): Grid<T> => {
  const norm = gridNorm(numbers, A);
  return mapped(A, (x) => numbers.divide(x, norm));
};

const DEFICIENT = deficient({ learningRate: 1 });

const TURNING = fullRank(3, { learningRate: 0.5, momentum: 0.75 });

/** What takes the place of the polar factor. */
export const ORTHOGONAL_FACTOR_FLAWS: readonly Flaw<OrthogonalSgdmHyperparameters>[] = [
  {
    slug: 'null-space-rotated',
    kind: 'convention',
    name: 'completes the null space of a gradient of rank n - 1, to a factor of determinant 1',
    where:
      'u @ vt of torch.linalg.svd in MarkTuddenham/Orthogonal-Optimisers, whose sign there is that of the algorithm',
    effect: 'Takes a whole step in a direction without any gradient.',
    witness: DEFICIENT,
    ...through(completedPolar(1)),
  },
  {
    slug: 'null-space-reflected',
    kind: 'convention',
    name: 'completes the null space of a gradient of rank n - 1, to a factor of determinant -1',
    where:
      'u @ vt of torch.linalg.svd in MarkTuddenham/Orthogonal-Optimisers, whose sign there is that of the algorithm',
    effect: 'Takes a whole step in a direction without any gradient.',
    witness: DEFICIENT,
    ...through(completedPolar(-1)),
  },
  {
    slug: 'frobenius-normalised',
    kind: 'convention',
    name: 'divides the gradient by its Frobenius norm and does not orthogonalise it',
    where: 'the normalised SGD that MarkTuddenham/Orthogonal-Optimisers has for comparison',
    effect: 'Keeps the spectrum of the gradient.',
    witness: TURNING,
    ...factor(normalised),
  },
  {
    slug: 'rows-normalised',
    kind: 'convention',
    name: 'divides each row of the gradient by its norm and does not orthogonalise it',
    where: 'the component-normalised SGD that MarkTuddenham/Orthogonal-Optimisers has for comparison',
    effect: 'Equalises the rows and lets them stay parallel.',
    witness: TURNING,
    ...factor((numbers, G) => gridOf(rowsOf(G).map((row) => normalised(numbers, gridOf([row])).data))),
  },
  {
    slug: 'newton-schulz',
    kind: 'convention',
    name: 'runs the five steps of Newton–Schulz of Muon, where the polar factor is meant',
    where: 'zeropower_via_newtonschulz5 of KellerJordan/Muon',
    effect: 'Leaves singular values in a band about 1.',
    witness: TURNING,
    ...through(orthogonalisation(QUINTIC_JORDAN, 5, 1e-7)),
  },
  {
    slug: 'signs',
    kind: 'convention',
    name: 'takes the sign of every entry of the gradient, where it has to be orthogonalised',
    where: 'sign descent (arXiv:1802.04434): the same step for the max-entry norm',
    effect: 'Steps up to (rows columns)^1/2 times as far in the spectral norm.',
    witness: TURNING,
    ...factor(signs),
  },
  {
    slug: 'scaled',
    kind: 'convention',
    name: 'scales the update by max(1, rows/columns)^1/2',
    where: 'the scale of KellerJordan/Muon',
    effect: 'Updates tall layers (rows/columns)^1/2 times too much.',
    witness: witness({ learningRate: 1 }, [[0], [0]], [[3], [4]]),
    ...factor((numbers, G) => {
      const s = muonScale(numbers, 'max(1,rows/columns)^1/2', G.rows, G.columns);
      return mapped(numbers.transform(G, POLAR), (x) => numbers.multiply(s, x));
    }),
  },
];
