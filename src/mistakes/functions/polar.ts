import { QUINTIC_JORDAN, QUINTIC_YOU } from '../../kernels/matrix/coefficient-sets.ts';
import { fromRows } from '../../kernels/matrix/matrix.ts';
import { numericalRank } from '../../kernels/matrix/polar.ts';
import { spectralFunction } from '../../kernels/matrix/spectral-function.ts';
import { svd } from '../../kernels/matrix/svd.ts';
import { gridOf, mapped } from '../../kernels/numbers/grid.ts';
import { orthogonalisation, POLAR } from '../../kernels/numbers/matrix-functions.ts';
import type { Grid, MatrixFunction, Numbers } from '../../kernels/numbers/numbers.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import { gridNorm } from '../../methods/grid-norm.ts';
import { gridProduct, gridTranspose } from '../../methods/grid-product.ts';
import { signs } from '../../methods/signs.ts';
import { polarOperation } from '../../operations/polar.ts';
import type { Mistake } from '../mistake.ts';
import { completedPolar } from '../parts/completed-polar.ts';
import { inNumbers } from '../parts/in-numbers.ts';
import { namedFunctions, type UnnamedFunction } from '../parts/named-functions.ts';
import { ofInput } from '../parts/of-input.ts';
import { orthonormalColumns } from '../parts/orthonormal-columns.ts';
import { shiftedPower } from '../parts/shifted-power.ts';
import { SINGULAR_VALUES } from '../parts/singular-values-function.ts';

interface Input {
  readonly matrix: readonly (readonly number[])[];
}

/** Of full rank, neither symmetric nor normal. */
const SQUARE: Input = {
  matrix: [
    [4, 5],
    [3, 0],
  ],
};

/** Rank 1 of 2: 5 times (0.6, 0.8). */
const DEFICIENT: Input = {
  matrix: [
    [3, 0],
    [4, 0],
  ],
};

/** f of the matrix, in any numbers. */
const answering = (f: <T>(numbers: Numbers<T>, A: Grid<T>) => Grid<T>) =>
  inNumbers<Input>((numbers, { matrix }) => ({ matrix: f(numbers, mapped(gridOf(matrix), numbers.of)) }));

const through = (f: MatrixFunction) => answering((numbers, A) => numbers.transform(A, f));

const polar = <T>(numbers: Numbers<T>, A: Grid<T>): Grid<T> => numbers.transform(A, POLAR);

const dividedBy = <T>(numbers: Numbers<T>, A: Grid<T>, divisor: T): Grid<T> =>
  mapped(A, (a) => numbers.divide(a, divisor));

const isZero = ({ matrix }: Input): boolean => matrix.every((row) => row.every((x) => x === 0));

const rank = ({ matrix }: Input): number =>
  numericalRank(matrix.length, matrix[0]?.length ?? 0, svd(fromRows(matrix)).values, UNIT_ROUNDOFF.float64);

const COMPLETION = {
  kind: 'convention',
  where: 'scipy.linalg.polar; U @ Vh of numpy.linalg.svd(full_matrices=False)',
  effect: 'Moves in directions in which there is no gradient, by the full step and with an arbitrary sign.',
} as const;

const MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'completed-to-rotation',
    ...COMPLETION,
    name: 'completes the factor on the null space, to an orthogonal matrix of determinant 1',
    witness: DEFICIENT,
    ...through(completedPolar(1)),
  },
  {
    slug: 'completed-to-reflection',
    ...COMPLETION,
    name: 'completes the factor on the null space, to an orthogonal matrix of determinant -1',
    witness: DEFICIENT,
    ...through(completedPolar(-1)),
  },
  {
    slug: 'identity-at-zero',
    ...COMPLETION,
    name: 'answers ones on the diagonal for the zero matrix, whose null space is everything',
    witness: { matrix: [[0, 0]] },
    ...inNumbers<Input>((numbers, input) => {
      const A = mapped(gridOf(input.matrix), numbers.of);
      if (!isZero(input)) return { matrix: polar(numbers, A) };
      return { matrix: { ...A, data: A.data.map((_, at) => numbers.of(at % (A.columns + 1) === 0 ? 1 : 0)) } };
    }),
  },
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
    effect: 'Leaves singular values between 0.68 and 1.14 where there should be ones.',
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
      return gridProduct(numbers, A, numbers.transform(gram, spectralFunction(shiftedPower(-0.25, 0))));
    }),
  },
  {
    slug: 'divided-by-zero',
    kind: 'bug',
    name: 'divides by singular values that are 0: A (A^T A)^(-1/2) with an inverse, not a pseudo-inverse',
    where: 'torch.linalg.eigh with w.rsqrt(), as in NVIDIA-NeMo/Emerging-Optimizers#267 before its floor',
    effect: 'Destroys layers whose gradient lacks a dimension, as any with more columns than rows.',
    witness: { matrix: [[3, 4]] },
    ...ofInput<Input>(polarOperation, (input) => input),
    isNotFinite: (input: Input) => input.matrix.length > 0 && rank(input) < (input.matrix[0]?.length ?? 0),
  },
  {
    slug: 'nan-at-zero',
    kind: 'bug',
    name: 'divides 0 by 0 for the zero matrix',
    where: 'A / A.norm() before an iteration, compare ClashLuke/HeavyBall#55',
    effect: 'Destroys a layer without gradient.',
    witness: { matrix: [[0], [0]] },
    ...ofInput<Input>(polarOperation, (input) => input),
    isNotFinite: isZero,
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
    where: 'a Newton–Schulz iteration without steps; DeepSpeed#8442 (no iteration at all at stage 0)',
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

export const POLAR_MISTAKES: readonly Mistake[] = namedFunctions(polarOperation.id, MISTAKES);
