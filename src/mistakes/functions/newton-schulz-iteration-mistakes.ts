import { coefficientsAt } from '../../kernels/matrix/coefficient-sets.ts';
import { gridOf, mapped, zipped } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { gridNorm } from '../../methods/grid-norm.ts';
import { gridProduct, gridTranspose } from '../../methods/grid-product.ts';
import { type Distortion, distortedIteration } from '../parts/distorted-iteration.ts';
import { inNumbers } from '../parts/in-numbers.ts';
import { INITIAL_SIZES } from '../parts/initial-size.ts';
import type { UnnamedFunction } from '../parts/named-functions.ts';
import { newtonSchulzFrom } from '../parts/newton-schulz-from.ts';
import { type NewtonSchulzInput, SQUARE } from './newton-schulz-input.ts';

const initialSize = ({ normalisation, epsilon = 0 }: NewtonSchulzInput) =>
  normalisation === 'none' ? INITIAL_SIZES.none() : INITIAL_SIZES.definition(epsilon);

const distorted = (distortion: Distortion) =>
  inNumbers<NewtonSchulzInput>((numbers, input) => ({
    matrix: numbers.transform(
      mapped(gridOf(input.matrix), numbers.of),
      distortedIteration(distortion, initialSize(input), input.coefficients, input.steps),
    ),
  }));

/** What goes wrong inside the iteration. */
export const ITERATION_MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'transposed',
    kind: 'bug',
    name: 'answers the transpose of what it should for square matrices',
    where: 'a transposition of tall matrices by rows >= columns that is undone by rows > columns',
    effect: 'Turns the step of square layers.',
    witness: SQUARE,
    ...inNumbers<NewtonSchulzInput>((numbers, input) => {
      const f = newtonSchulzFrom(initialSize(input), input.coefficients, input.steps);
      const X = numbers.transform(mapped(gridOf(input.matrix), numbers.of), f);
      return { matrix: X.rows === X.columns ? gridTranspose(X) : X };
    }),
  },
  {
    slug: 'gram-of-columns',
    kind: 'bug',
    name: 'multiplies by X^T X from the left, where X X^T belongs, for square matrices',
    where: 'X.T @ X in the branch for tall matrices used on all of them',
    effect: 'Mixes left and right singular vectors: nothing converges.',
    witness: SQUARE,
    ...distorted('gram-of-columns'),
  },
  {
    slug: 'entrywise-square',
    kind: 'bug',
    name: 'squares A = X X^T entry by entry in c A^2',
    where: 'A * A for A @ A in numpy and torch',
    effect: 'Iterates no polynomial of X at all.',
    witness: SQUARE,
    ...distorted('entrywise-square'),
  },
  {
    slug: 'square-without-transpose',
    kind: 'bug',
    name: 'takes A = X X for A = X X^T, for square matrices',
    where: 'X @ X, which numpy takes for square layers without complaint',
    effect: 'Is right for symmetric matrices alone.',
    witness: SQUARE,
    ...inNumbers<NewtonSchulzInput>((numbers, input) => {
      const G = mapped(gridOf(input.matrix), numbers.of);
      if (G.rows !== G.columns) {
        return { matrix: numbers.transform(G, newtonSchulzFrom(initialSize(input), input.coefficients, input.steps)) };
      }
      const size = numbers.add(gridNorm(numbers, G), numbers.of(input.epsilon ?? 0));
      const start = input.normalisation === 'none' ? G : mapped(G, (g) => numbers.divide(g, size));
      return { matrix: squaredWithoutTranspose(numbers, start, input) };
    }),
  },
];

/** X <- a X + (b A + c A^2) X with A = X X. */
function squaredWithoutTranspose<T>(
  numbers: Numbers<T>,
  start: Grid<T>,
  { coefficients, steps }: NewtonSchulzInput,
): Grid<T> {
  let X = start;
  for (let k = 0; k < steps; k++) {
    const [a, b, c] = coefficientsAt(coefficients, k).map(numbers.of) as [T, T, T];
    const A = gridProduct(numbers, X, X);
    const B = zipped(A, gridProduct(numbers, A, A), (x, y) =>
      numbers.add(numbers.multiply(b, x), numbers.multiply(c, y)),
    );
    X = zipped(X, gridProduct(numbers, B, X), (x, y) => numbers.add(numbers.multiply(a, x), y));
  }
  return X;
}
