import { gridOf, rowsOf } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { gridNorm } from '../../methods/grid-norm.ts';
import { gridTranspose } from '../../methods/grid-product.ts';

/** The orthonormal columns of Gram–Schmidt, each made orthogonal to those before it and normalised; 0 for a dependent one. */
export function orthonormalColumns<T>(numbers: Numbers<T>, A: Grid<T>): Grid<T> {
  const found: (readonly T[])[] = [];
  for (const column of rowsOf(gridTranspose(A))) {
    const rest = found.reduce<readonly T[]>((left, q) => {
      const share = numbers.sumOfProducts(q, column);
      return left.map((x, i) => numbers.subtract(x, numbers.multiply(share, q[i] as T)));
    }, column);
    const norm = gridNorm(numbers, gridOf([rest]));
    found.push(rest.map((x) => numbers.divide(x, norm)));
  }
  return gridTranspose(gridOf(found));
}
