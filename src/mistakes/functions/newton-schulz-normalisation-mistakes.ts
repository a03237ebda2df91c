import { gridOf, mapped } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { newtonSchulzOperation } from '../../operations/newton-schulz.ts';
import { inNumbers } from '../parts/in-numbers.ts';
import { INITIAL_SIZES, type InitialSize } from '../parts/initial-size.ts';
import type { UnnamedFunction } from '../parts/named-functions.ts';
import { newtonSchulzFrom } from '../parts/newton-schulz-from.ts';
import { ofInput } from '../parts/of-input.ts';
import { SINGULAR_VALUES } from '../parts/singular-values-function.ts';
import { type NewtonSchulzInput, SQUARE } from './newton-schulz-input.ts';

const given = (rewrite: (input: NewtonSchulzInput) => Partial<NewtonSchulzInput>) =>
  ofInput<NewtonSchulzInput>(newtonSchulzOperation, (input) => ({ ...input, ...rewrite(input) }));

const sizeOf = ({ normalisation }: NewtonSchulzInput, size: InitialSize): InitialSize =>
  normalisation === 'none' ? INITIAL_SIZES.none() : size;

/** Another size to divide by, given epsilon. */
const from = (size: (epsilon: number) => InitialSize) =>
  inNumbers<NewtonSchulzInput>((numbers, input) => {
    const f = newtonSchulzFrom(sizeOf(input, size(input.epsilon ?? 0)), input.coefficients, input.steps);
    return { matrix: numbers.transform(mapped(gridOf(input.matrix), numbers.of), f) };
  });

/** A divisor made from G, to which epsilon is added. */
const fromDivisor = (divisor: <T>(numbers: Numbers<T>, G: Grid<T>) => T) =>
  inNumbers<NewtonSchulzInput>((numbers, input) => {
    const G = mapped(gridOf(input.matrix), numbers.of);
    const by = numbers.add(divisor(numbers, G), numbers.of(input.epsilon ?? 0));
    const start = input.normalisation === 'none' ? G : mapped(G, (g) => numbers.divide(g, by));
    return {
      matrix: numbers.transform(start, newtonSchulzFrom(INITIAL_SIZES.none(), input.coefficients, input.steps)),
    };
  });

/** From here on IEEE binary16 rounds to infinity: half a last place above (2 - 2^-10) 2^15 = 65504, its largest number. */
const HALF_OVERFLOW = 65520;

const sumOfSquares = ({ matrix }: NewtonSchulzInput): number => matrix.flat().reduce((sum, x) => sum + x * x, 0);

/** An epsilon larger than the norm of the matrix, 50^(1/2). */
const DAMPED = { ...SQUARE, epsilon: 16 };

/** An eighth of it: singular values below 1. */
const SMALL: NewtonSchulzInput = { ...SQUARE, matrix: SQUARE.matrix.map((row) => row.map((x) => x / 8)) };

/** What the matrix is divided by at the start. */
export const NORMALISATION_MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'spectral-normalisation',
    kind: 'convention',
    name: 'divides by the spectral norm at the start, not by the Frobenius norm',
    where: 'Higham, Functions of Matrices, section 8.6, on scaling; a power iteration before the loop',
    effect: 'Starts with the largest singular value at 1: better, but another function.',
    witness: SQUARE,
    ...from(INITIAL_SIZES.spectral),
  },
  {
    slug: 'nuclear-normalisation',
    kind: 'bug',
    name: 'divides by the nuclear norm at the start',
    where: 'torch.linalg.norm(ord="nuc")',
    effect: 'Starts with smaller singular values and needs more steps.',
    witness: SQUARE,
    ...fromDivisor((numbers, G) =>
      numbers.transform(G, SINGULAR_VALUES).data.reduce((sum, s) => numbers.add(sum, s), numbers.of(0)),
    ),
  },
  {
    slug: 'squared-norm',
    kind: 'bug',
    name: 'divides by the squared Frobenius norm at the start',
    where: '(G * G).sum() without its root',
    effect: 'Starts far from 1: large gradients vanish, small ones diverge.',
    witness: SQUARE,
    ...fromDivisor((numbers, { data }) => numbers.sumOfProducts(data, data)),
  },
  {
    slug: 'not-normalised',
    kind: 'bug',
    name: 'does not normalise, although "frobenius" is asked for',
    where: 'an iteration that takes normalised input for granted',
    effect: 'Diverges for singular values beyond the region of convergence.',
    witness: SMALL,
    ...given(() => ({ normalisation: 'none' })),
  },
  {
    slug: 'always-normalised',
    kind: 'convention',
    name: 'normalises by the Frobenius norm, although "none" is asked for',
    where: 'zeropower_via_newtonschulz5 of github.com/KellerJordan/Muon, which always does',
    effect: 'Hides the scale from whoever normalises himself.',
    witness: { ...SMALL, normalisation: 'none', epsilon: 0 },
    ...given(() => ({ normalisation: 'frobenius' })),
  },
  {
    slug: 'epsilon-as-floor',
    kind: 'convention',
    name: 'divides by max(||G||_F, epsilon)',
    where: 'torch.nn.functional.normalize, see NVIDIA-NeMo/Emerging-Optimizers#229',
    effect: 'Gives a vanishing step for gradients below epsilon.',
    witness: DAMPED,
    ...from(INITIAL_SIZES.clamped),
  },
  {
    slug: 'epsilon-inside-root',
    kind: 'convention',
    name: 'divides by (||G||_F^2 + epsilon)^(1/2)',
    where: 'an RMS norm as in torch.nn.RMSNorm; compare sail-sg/Adan#8',
    effect: 'Acts like an epsilon of epsilon^(1/2).',
    witness: SQUARE,
    ...from(INITIAL_SIZES.underRoot),
  },
  {
    slug: 'epsilon-ignored',
    kind: 'bug',
    name: 'ignores epsilon',
    where: 'the path in double precision of NVIDIA-NeMo/Emerging-Optimizers#254',
    effect: 'Orthogonalises rounding noise in full.',
    witness: DAMPED,
    ...given(() => ({ epsilon: 0 })),
  },
  {
    slug: 'epsilon-fixed',
    kind: 'convention',
    name: 'takes epsilon for 1e-7, whatever is given',
    where: 'X / (X.norm() + 1e-7) in zeropower_via_newtonschulz5 of github.com/KellerJordan/Muon',
    effect: 'Ignores an epsilon that was chosen.',
    witness: SQUARE,
    ...given(() => ({ epsilon: 1e-7 })),
  },
  {
    slug: 'half-overflow',
    kind: 'bug',
    name: 'answers 0 where the sum of squares exceeds what float16 holds',
    where: 'a norm in float16, compare NVIDIA-NeMo/Emerging-Optimizers#228 on the dtype of the iteration',
    effect: 'Stands still for gradients of norm 256 and more.',
    witness: { ...SQUARE, matrix: [[256, 192]] },
    ...given((input) =>
      input.normalisation !== 'none' && sumOfSquares(input) >= HALF_OVERFLOW
        ? { matrix: input.matrix.map((row) => row.map(() => 0)) }
        : {},
    ),
  },
  {
    slug: 'nan-at-zero',
    kind: 'bug',
    name: 'divides 0 by 0 for the zero matrix with epsilon 0',
    where: 'HeavyBall#55; NVIDIA-NeMo/Emerging-Optimizers#254 on its path in double precision',
    effect: 'Destroys a layer without gradient.',
    witness: { ...SQUARE, matrix: [[0, 0]], epsilon: 0 },
    ...given(() => ({})),
    isNotFinite: ({ matrix, normalisation, epsilon = 0 }: NewtonSchulzInput) =>
      normalisation !== 'none' && epsilon === 0 && matrix.flat().every((x) => x === 0),
  },
];
