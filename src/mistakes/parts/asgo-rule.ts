import { oneSidedRoot } from '../../kernels/matrix/one-sided-root.ts';
import { spectralFunction } from '../../kernels/matrix/spectral-function.ts';
import { filled, zipped } from '../../kernels/numbers/grid.ts';
import type { Grid, MatrixFunction, Numbers } from '../../kernels/numbers/numbers.ts';
import type { AsgoHyperparameters } from '../../methods/asgo.ts';
import { gridProduct, gridTranspose } from '../../methods/grid-product.ts';
import type { Method } from '../../methods/method.ts';
import { moved } from '../../methods/moved.ts';

/** A step of ASGO in pieces, from the left; on the right it is the same on the transpose. */
export interface AsgoPieces {
  /** What enters V. */
  gram<T>(numbers: Numbers<T>, gradient: Grid<T>): Grid<T>;
  /** V after something has entered it. */
  gather<T>(numbers: Numbers<T>, h: AsgoHyperparameters, past: Grid<T>, fresh: Grid<T>): Grid<T>;
  /** Whose root is taken: V before the gradient or after it. */
  readonly uses: 'past' | 'present';
  /** The inverse root of V. */
  root(h: AsgoHyperparameters, shape: { readonly rows: number; readonly columns: number }): MatrixFunction;
}

const ASGO: AsgoPieces = {
  gram: (numbers, gradient) => gridProduct(numbers, gradient, gridTranspose(gradient)),
  gather: (numbers, _, past, fresh) => zipped(past, fresh, numbers.add),
  uses: 'present',
  root: ({ epsilon }, { rows, columns }) => spectralFunction(oneSidedRoot(epsilon, rows, columns)),
};

/** ASGO with some of its pieces exchanged. */
export function asgoRule(changes: Partial<AsgoPieces> = {}): Method<AsgoHyperparameters, 'square'> {
  const { gram, gather, uses, root } = { ...ASGO, ...changes };
  return {
    remember: (numbers, { side }, { rows, columns }) => {
      const size = side === 'left' ? rows : columns;
      return { square: filled(size, size, numbers.of(0)) };
    },
    step: (numbers, h, state, gradient) => {
      const turned = <T>(A: Grid<T>): Grid<T> => (h.side === 'left' ? A : gridTranspose(A));
      const oriented = turned(gradient);
      const square = gather(numbers, h, state.memory.square, gram(numbers, oriented));
      const used = uses === 'past' ? state.memory.square : square;
      const direction = turned(gridProduct(numbers, numbers.transform(used, root(h, gradient)), oriented));
      return moved(numbers, state, {
        learningRate: h.learningRate,
        weightDecay: 0,
        direction,
        memory: { square },
      });
    },
  };
}
