import { dampedRoot } from '../../kernels/matrix/damped-root.ts';
import { fromRows } from '../../kernels/matrix/matrix.ts';
import { spectralFunction } from '../../kernels/matrix/spectral-function.ts';
import { svd } from '../../kernels/matrix/svd.ts';
import { gridOf, mapped } from '../../kernels/numbers/grid.ts';
import type { MatrixFunction } from '../../kernels/numbers/numbers.ts';
import { inverseRootOperation } from '../../operations/inverse-root.ts';
import type { Mistake } from '../mistake.ts';
import { inNumbers } from '../parts/in-numbers.ts';
import { namedFunctions, type UnnamedFunction } from '../parts/named-functions.ts';
import { ofInput } from '../parts/of-input.ts';
import { shiftedPower } from '../parts/shifted-power.ts';

interface Input {
  readonly matrix: readonly (readonly number[])[];
  readonly root: 2 | 4;
  readonly damping?: number;
}

const MATRIX = [
  [5, 3],
  [3, 5],
];

/** The eigenvalues are 8 and 2, with the damping 9 and 3. */
const FOURTH: Input = { matrix: MATRIX, root: 4, damping: 1 };
const SECOND: Input = { matrix: MATRIX, root: 2, damping: 1 };

/** A function of the eigenvalues, made from what else the input says. */
const spectral = (f: (input: Input) => MatrixFunction) =>
  inNumbers<Input>((numbers, input) => ({
    matrix: numbers.transform(mapped(gridOf(input.matrix), numbers.of), f(input)),
  }));

const power = (exponent: (input: Input) => number, shift: (input: Input) => number = ({ damping = 0 }) => damping) =>
  spectral((input) => spectralFunction(shiftedPower(exponent(input), shift(input))));

const trace = ({ matrix }: Input): number => matrix.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);

const inverse = ({ root }: Input): number => -1 / root;

const MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'square-root-for-fourth',
    kind: 'bug',
    name: 'answers the inverse square root where the fourth root is asked',
    where: 'HomericIntelligence/Odyssey#5497',
    effect: 'Doubles the exponent: Shampoo overcorrects every direction.',
    witness: FOURTH,
    ...ofInput<Input>(inverseRootOperation, (input) => ({ ...input, root: 2 })),
  },
  {
    slug: 'fourth-root-for-square',
    kind: 'bug',
    name: 'answers the inverse fourth root where the square root is asked',
    where: 'Shampoo’s exponent -1/4, arXiv:1802.09568, in a one-sided method such as ASGO, arXiv:2503.20762',
    effect: 'Halves the exponent: the spectrum is equalised half way.',
    witness: SECOND,
    ...ofInput<Input>(inverseRootOperation, (input) => ({ ...input, root: 4 })),
  },
  {
    slug: 'not-inverted',
    kind: 'bug',
    name: 'answers the root (V + damping I)^(1/root) itself, not its inverse',
    where: 'scipy.linalg.sqrtm, and the first of the two limits of the coupled Newton iteration',
    effect: 'Amplifies the directions that are already large.',
    witness: FOURTH,
    ...power(({ root }) => 1 / root),
  },
  {
    slug: 'without-root',
    kind: 'bug',
    name: 'answers the inverse (V + damping I)^-1 without a root',
    where: 'numpy.linalg.inv; the preconditioner of a Newton step',
    effect: 'Overcorrects: small directions dominate.',
    witness: FOURTH,
    ...power(() => -1),
  },
  {
    slug: 'eighth-root-for-fourth',
    kind: 'convention',
    name: 'answers the inverse eighth root where the fourth root is asked',
    where: 'the exponent -1/(2k) of arXiv:1802.09568 with the root taken for the order k of the tensor',
    effect: 'Halves the exponent.',
    witness: FOURTH,
    ...power(({ root }) => (root === 4 ? -1 / 8 : -1 / 2)),
  },
  {
    slug: 'exponent-is-root',
    kind: 'bug',
    name: 'raises to the power -root in place of -1/root',
    where: 'numpy.linalg.matrix_power(V, -root)',
    effect: 'Overcorrects beyond all bounds.',
    witness: FOURTH,
    ...power(({ root }) => -root),
  },
  {
    slug: 'damping-ignored',
    kind: 'bug',
    name: 'ignores the damping',
    where: 'the pseudo-inverse mode of facebookresearch/optimizers, which requires an epsilon of 0',
    effect: 'Lets noise in the smallest directions decide.',
    witness: FOURTH,
    ...power(inverse, () => 0),
  },
  {
    slug: 'damping-after-root',
    kind: 'convention',
    name: 'adds the damping to the root before it is inverted: (V^(1/root) + damping I)^-1',
    where: 'ASGO, arXiv:2503.20762, Algorithm 1; Adam’s sqrt(v) + epsilon',
    effect: 'Acts like a damping of damping^root.',
    witness: FOURTH,
    ...spectral(({ matrix, root, damping = 0 }) =>
      spectralFunction(dampedRoot({ root, power: 1 }, damping, matrix.length, matrix.length)),
    ),
  },
  {
    slug: 'damping-after-inversion',
    kind: 'bug',
    name: 'adds the damping to the inverse root: V^(-1/root) + damping I',
    where: 'a ridge that is added to the result of torch.linalg.eigh in place of its argument',
    effect: 'Does not bound the inverse root at all.',
    witness: FOURTH,
    ...inNumbers<Input>((numbers, { matrix, root, damping = 0 }) => {
      const V = mapped(gridOf(matrix), numbers.of);
      const found = numbers.transform(V, spectralFunction(shiftedPower(-1 / root, 0)));
      const ridge = numbers.of(damping);
      return {
        matrix: {
          ...found,
          data: found.data.map((x, at) => (at % (found.columns + 1) === 0 ? numbers.add(x, ridge) : x)),
        },
      };
    }),
  },
  {
    slug: 'damping-times-mean-eigenvalue',
    kind: 'convention',
    name: 'multiplies the damping by the mean eigenvalue tr V / n',
    where: 'the heuristic damping of K-FAC, compare f-dangel/curvlinops#93',
    effect: 'Is a damping relative to the scale of the gradients.',
    witness: FOURTH,
    ...power(inverse, (input) => (trace(input) / input.matrix.length) * (input.damping ?? 0)),
  },
  {
    slug: 'damping-times-largest-eigenvalue',
    kind: 'convention',
    name: 'multiplies the damping by the largest eigenvalue',
    where:
      'ridge_epsilon * max_ev in matrix_inverse_pth_root of Distributed Shampoo (google-research, scalable_shampoo)',
    effect: 'Is a damping relative to the largest direction: it bounds the condition number.',
    witness: FOURTH,
    ...power(inverse, ({ matrix, damping = 0 }) => (svd(fromRows(matrix)).values[0] ?? 0) * damping),
  },
  {
    slug: 'elementwise',
    kind: 'bug',
    name: 'raises every entry to the power -1/root',
    where: '(V + damping * numpy.eye(n)) ** (-1 / root)',
    effect: 'Is right for 1×1 matrices alone; a diagonal one becomes infinite.',
    witness: FOURTH,
    ...inNumbers<Input>((numbers, { matrix, root, damping = 0 }) => {
      const V = mapped(gridOf(matrix), numbers.of);
      const ridge = numbers.of(damping);
      return {
        matrix: {
          ...V,
          data: V.data.map((x, at) => {
            const damped = at % (V.columns + 1) === 0 ? numbers.add(x, ridge) : x;
            const square = numbers.squareRoot(damped);
            return numbers.divide(numbers.of(1), root === 2 ? square : numbers.squareRoot(square));
          }),
        },
      };
    }),
  },
  {
    slug: 'diagonal-alone',
    kind: 'convention',
    name: 'uses the diagonal of V alone',
    where: 'diagonal AdaGrad, Duchi, Hazan and Singer 2011, section 1.1',
    effect: 'Misses the correlation between rows.',
    witness: FOURTH,
    ...ofInput<Input>(inverseRootOperation, (input) => ({
      ...input,
      matrix: input.matrix.map((row, i) => row.map((x, j) => (i === j ? x : 0))),
    })),
  },
];

export const INVERSE_ROOT_MISTAKES: readonly Mistake[] = namedFunctions(inverseRootOperation.id, MISTAKES);
