import { inverseRoot } from '../../kernels/matrix/inverse-root.ts';
import { spectralFunction } from '../../kernels/matrix/spectral-function.ts';
import { zipped } from '../../kernels/numbers/grid.ts';
import type { Grid, MatrixFunction, Numbers } from '../../kernels/numbers/numbers.ts';
import { gridProduct, gridTranspose } from '../../methods/grid-product.ts';
import type { Method } from '../../methods/method.ts';
import { moved } from '../../methods/moved.ts';
import { multipleOfIdentity } from '../../methods/multiple-of-identity.ts';
import type { ShampooHyperparameters } from '../../methods/shampoo.ts';

/** A step of Shampoo in pieces. */
export interface ShampooPieces {
  /** L and R start from this multiple of I. */
  start(epsilon: number): number;
  /** What enters L. */
  left<T>(numbers: Numbers<T>, gradient: Grid<T>): Grid<T>;
  /** What enters R; `half` is the gradient times the root of L. */
  right<T>(numbers: Numbers<T>, gradient: Grid<T>, half: Grid<T>): Grid<T>;
  /** L or R after something has entered it. */
  gather<T>(numbers: Numbers<T>, h: ShampooHyperparameters, past: Grid<T>, fresh: Grid<T>): Grid<T>;
  /** Whose root is taken: L or R before the gradient or after it. */
  readonly uses: 'past' | 'present';
  /** The root of L and R. */
  root(h: ShampooHyperparameters, shape: { readonly rows: number; readonly columns: number }): MatrixFunction;
  /** What multiplies on a side, given the root. */
  weigh<T>(numbers: Numbers<T>, root: Grid<T>, side: 'left' | 'right'): Grid<T>;
  /** The direction, given the gradient and its product with the roots. */
  finish<T>(numbers: Numbers<T>, gradient: Grid<T>, preconditioned: Grid<T>): Grid<T>;
}

const FOURTH_ROOT = spectralFunction(inverseRoot(4, 0));

const SHAMPOO: ShampooPieces = {
  start: (epsilon) => epsilon,
  left: (numbers, gradient) => gridProduct(numbers, gradient, gridTranspose(gradient)),
  right: (numbers, gradient) => gridProduct(numbers, gridTranspose(gradient), gradient),
  gather: (numbers, _, past, fresh) => zipped(past, fresh, numbers.add),
  uses: 'present',
  root: () => FOURTH_ROOT,
  weigh: (_, root) => root,
  finish: (_, __, preconditioned) => preconditioned,
};

/** Shampoo with some of its pieces exchanged. */
export function shampooRule(changes: Partial<ShampooPieces> = {}): Method<ShampooHyperparameters, 'left' | 'right'> {
  const pieces = { ...SHAMPOO, ...changes };
  return {
    remember: (numbers, { epsilon }, { rows, columns }) => ({
      left: multipleOfIdentity(numbers, rows, pieces.start(epsilon)),
      right: multipleOfIdentity(numbers, columns, pieces.start(epsilon)),
    }),
    step: (numbers, h, { memory, ...state }, gradient) => {
      const root = pieces.root(h, gradient);
      const left = pieces.gather(numbers, h, memory.left, pieces.left(numbers, gradient));
      const ofLeft = numbers.transform(pieces.uses === 'past' ? memory.left : left, root);
      const half = gridProduct(numbers, pieces.weigh(numbers, ofLeft, 'left'), gradient);
      const right = pieces.gather(numbers, h, memory.right, pieces.right(numbers, gradient, half));
      const ofRight = numbers.transform(pieces.uses === 'past' ? memory.right : right, root);
      const preconditioned = gridProduct(numbers, half, pieces.weigh(numbers, ofRight, 'right'));
      const direction = pieces.finish(numbers, gradient, preconditioned);
      const move = { learningRate: h.learningRate, weightDecay: 0, direction, memory: { left, right } };
      return moved(numbers, { ...state, memory }, move);
    },
  };
}
