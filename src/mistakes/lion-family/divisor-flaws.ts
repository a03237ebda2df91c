import { mapped } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { gridNorm } from '../../methods/grid-norm.ts';
import type { OptimiserMistake } from '../mistake.ts';
import { type Averaging, averagingRule } from '../parts/averaging-rule.ts';
import type { Flaw } from '../parts/flaw.ts';
import { size, sumOfSizes } from '../parts/mean-size.ts';

/** M divided by a number. */
export const divided = <T>(numbers: Numbers<T>, M: Grid<T>, by: T): Grid<T> => mapped(M, (m) => numbers.divide(m, by));

/** Another number to divide M by. */
const dividing = (
  told: Pick<Flaw<Averaging>, 'slug' | 'kind' | 'name' | 'where' | 'effect'>,
  by: <T>(numbers: Numbers<T>, M: Grid<T>, G: Grid<T>) => T,
): Omit<Flaw<Averaging>, 'witness'> => ({
  ...told,
  change: {
    direct: averagingRule({
      direction: (numbers, _, { mean, gradient }) => divided(numbers, mean, by(numbers, mean, gradient)),
    }),
  },
});

const FLAWS: readonly Omit<Flaw<Averaging>, 'witness'>[] = [
  dividing(
    {
      slug: 'not-normalised',
      kind: 'bug',
      name: 'does not divide by the norm',
      where: 'SGD with an averaged momentum, torch.optim.SGD(dampening=beta)',
      effect: 'Takes steps of the size of the gradient.',
    },
    (numbers) => numbers.of(1),
  ),
  dividing(
    {
      slug: 'norm-squared',
      kind: 'bug',
      name: 'divides by the squared norm',
      where: 'a sum of squares without its root',
      effect: 'Takes steps of the size 1 / ||M||: small gradients jump.',
    },
    (numbers, M) => {
      const norm = gridNorm(numbers, M);
      return numbers.multiply(norm, norm);
    },
  ),
  dividing(
    {
      slug: 'root-mean-square',
      kind: 'convention',
      name: 'divides by the root mean square of the entries, not by their norm',
      where: 'the RMS norm of Scion, arXiv:2502.07529, and of Adafactor’s clipping',
      effect: 'Takes steps that are longer by the square root of the number of entries.',
    },
    (numbers, M) => numbers.divide(gridNorm(numbers, M), numbers.squareRoot(numbers.of(M.data.length))),
  ),
  dividing(
    {
      slug: 'gradient-norm',
      kind: 'bug',
      name: 'divides the average by the norm of the gradient',
      where: 'torch.nn.utils.clip_grad_norm_, which sees gradients, not averages',
      effect: 'Takes long steps where the gradient is small.',
    },
    (numbers, _, G) => gridNorm(numbers, G),
  ),
  dividing(
    {
      slug: 'norm-clipped',
      kind: 'convention',
      name: 'divides by max(1, ||M||): clips in place of normalising',
      where: 'optax.clip_by_global_norm(1), torch.nn.utils.clip_grad_norm_',
      effect: 'Takes ever shorter steps as the gradient vanishes.',
    },
    (numbers, M) => numbers.maximum(gridNorm(numbers, M), numbers.of(1)),
  ),
  dividing(
    {
      slug: 'largest-entry',
      kind: 'bug',
      name: 'divides by the largest absolute entry',
      where: 'numpy.linalg.norm(ord=inf) of a flat vector',
      effect: 'Takes longer steps, up to the square root of the number of entries.',
    },
    (numbers, M) => M.data.reduce((most, x) => numbers.maximum(most, size(numbers, x)), numbers.of(0)),
  ),
  dividing(
    {
      slug: 'sum-of-sizes',
      kind: 'bug',
      name: 'divides by the sum of the absolute entries',
      where: 'numpy.linalg.norm(ord=1) of a flat vector',
      effect: 'Takes shorter steps, down to one over the square root of the number of entries.',
    },
    sumOfSizes,
  ),
];

/** The ways to divide the average by something else than its Frobenius norm. */
export const divisorFlaws = (witness: OptimiserMistake['witness']): readonly Flaw<Averaging>[] =>
  FLAWS.map((flaw) => ({ ...flaw, witness }));
