import { QUINTIC_JORDAN, QUINTIC_YOU } from '../../kernels/matrix/coefficient-sets.ts';
import { dampedRoot } from '../../kernels/matrix/damped-root.ts';
import { spectralFunction } from '../../kernels/matrix/spectral-function.ts';
import { mapped } from '../../kernels/numbers/grid.ts';
import { orthogonalisation } from '../../kernels/numbers/matrix-functions.ts';
import type { Grid, MatrixFunction, Numbers } from '../../kernels/numbers/numbers.ts';
import { gridNorm } from '../../methods/grid-norm.ts';
import { gridProduct, gridTranspose } from '../../methods/grid-product.ts';
import { signs } from '../../methods/signs.ts';
import { polarOperation } from '../../operations/polar.ts';
import type { Mistake } from '../mistake.ts';
import { namedFunctions, type UnnamedFunction } from '../parts/named-functions.ts';
import { orthonormalColumns } from '../parts/orthonormal-columns.ts';
import { SINGULAR_VALUES } from '../parts/singular-values-function.ts';
import { answering, type PolarInput, polar, through } from './polar-input.ts';
import { NULL_SPACE_MISTAKES } from './polar-null-space-mistakes.ts';

/** Of full rank; its factor is a rotation that is not symmetric. */
const SQUARE: PolarInput = {
  matrix: [
    [4, -5],
    [3, 0],
  ],
};

const dividedBy = <T>(numbers: Numbers<T>, A: Grid<T>, divisor: T): Grid<T> =>
  mapped(A, (a) => numbers.divide(a, divisor));

/** The fourth root of the pseudo-inverse of A^T A. */
const root = ({ rows, columns }: { readonly rows: number; readonly columns: number }): MatrixFunction =>
  spectralFunction(dampedRoot({ root: 4, power: 1 }, 0, rows, columns));

/** Another function in place of the polar factor. */
const OTHER_FUNCTIONS: readonly UnnamedFunction[] = [
  {
    slug: 'transposed',
    kind: 'bug',
    name: 'answers V U^T, the transpose',
    where: 'Vh.T @ U.T after numpy.linalg.svd; the rotation of the Procrustes problem the other way round',
    effect: 'Turns each step into one for the transposed layer.',
    witness: SQUARE,
    ...answering((numbers, A) => gridTranspose(polar(numbers, A))),
  },
  {
    slug: 'positive-factor',
    kind: 'bug',
    name: 'answers the positive semidefinite factor P = (A^T A)^(1/2) of A = U P',
    where: 'the second result of scipy.linalg.polar',
    effect: 'Keeps the scale of the gradient and loses its orientation.',
    witness: SQUARE,
    ...answering((numbers, A) => gridProduct(numbers, gridTranspose(polar(numbers, A)), A)),
  },
  {
    slug: 'newton-schulz',
    kind: 'convention',
    name: 'answers five steps of Muon’s Newton–Schulz iteration, which does not converge',
    where: 'zeropower_via_newtonschulz5 of github.com/KellerJordan/Muon; torch.optim.Muon',
    effect: 'Leaves singular values between 0.68 and 1.21 where there should be ones.',
    witness: SQUARE,
    ...through(orthogonalisation(QUINTIC_JORDAN, 5, 1e-7)),
  },
  {
    slug: 'newton-schulz-of-five-quintics',
    kind: 'convention',
    name: 'answers five Newton–Schulz steps with five different quintics',
    where: 'the coefficients of microsoft/dion',
    effect: 'Leaves singular values that are ones to some digits only.',
    witness: SQUARE,
    ...through(orthogonalisation(QUINTIC_YOU, 5, 1e-7)),
  },
  {
    slug: 'fourth-root',
    kind: 'bug',
    name: 'answers U S^(1/2) V^T: divides by the fourth root of A^T A in place of its square root',
    where: 'the exponents -1/2 and -1/4 confused, compare HomericIntelligence/Odyssey#5497',
    effect: 'Keeps half of the spectrum, on a logarithmic scale.',
    witness: SQUARE,
    ...answering((numbers, A) => {
      const gram = gridProduct(numbers, gridTranspose(A), A);
      return gridProduct(numbers, A, numbers.transform(gram, root(A)));
    }),
  },
  {
    slug: 'gram-schmidt',
    kind: 'convention',
    name: 'orthogonalises the columns one after the other (the Q of A = Q R with a positive diagonal)',
    where: 'torch.linalg.qr with signs fixed, as in power iterations such as that of microsoft/dion',
    effect: 'Prefers the first column: another order of the inputs gives another step.',
    witness: SQUARE,
    ...answering((numbers, A) => (A.rows < A.columns ? polar(numbers, A) : orthonormalColumns(numbers, A))),
  },
  {
    slug: 'signed',
    kind: 'bug',
    name: 'answers the sign of every entry',
    where: 'the oracle of the max-entry ball: signSGD, arXiv:1802.04434',
    effect: 'Is the step of another norm, with a spectral norm of up to the root of the number of entries.',
    witness: SQUARE,
    ...answering(signs),
  },
  {
    slug: 'frobenius-normalised',
    kind: 'bug',
    name: 'answers A / ||A||_F',
    where: 'a Newton–Schulz iteration without steps; deepspeedai/DeepSpeed#8442 (no iteration at all at stage 0)',
    effect: 'Is normalised gradient descent.',
    witness: SQUARE,
    ...answering((numbers, A) => dividedBy(numbers, A, gridNorm(numbers, A))),
  },
  {
    slug: 'spectrally-normalised',
    kind: 'bug',
    name: 'answers A / ||A||_2',
    where: 'spectral normalisation, torch.nn.utils.parametrizations.spectral_norm',
    effect: 'Makes one singular value a one and leaves the others behind.',
    witness: SQUARE,
    ...answering((numbers, A) => {
      const [largest] = numbers.transform(A, SINGULAR_VALUES).data;
      return dividedBy(numbers, A, largest ?? numbers.of(0));
    }),
  },
];

export const POLAR_MISTAKES: readonly Mistake[] = namedFunctions(polarOperation.id, [
  ...NULL_SPACE_MISTAKES,
  ...OTHER_FUNCTIONS,
]);
