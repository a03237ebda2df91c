import type { ArrayBackend } from './backend.ts';
import { assertShape, type Float32Matrix, toFloat32, transposed } from './float32-matrix.ts';
import type { KernelThis } from './gpujs.ts';
import type { Plan } from './plan.ts';
import { type OddQuintic, stepCoefficients } from './step-coefficients.ts';

function gramKernel(this: KernelThis<'inner'>, X: number[][]): number {
  let sum = 0;
  for (let k = 0; k < this.constants.inner; k++) {
    sum += X[this.thread.y]![k]! * X[this.thread.x]![k]!;
  }
  return sum;
}

/** b A + c A A with A = X X^T. */
function tailKernel(this: KernelThis<'size'>, A: number[][], coefficients: number[][], step: number): number {
  let sum = 0;
  for (let k = 0; k < this.constants.size; k++) {
    sum += A[this.thread.y]![k]! * A[k]![this.thread.x]!;
  }
  return coefficients[step]![1]! * A[this.thread.y]![this.thread.x]! + coefficients[step]![2]! * sum;
}

/** a X + P X with P the tail. */
function updateKernel(
  this: KernelThis<'size'>,
  P: number[][],
  X: number[][],
  coefficients: number[][],
  step: number,
): number {
  let sum = 0;
  for (let k = 0; k < this.constants.size; k++) {
    sum += P[this.thread.y]![k]! * X[k]![this.thread.x]!;
  }
  return coefficients[step]![0]! * X[this.thread.y]![this.thread.x]! + sum;
}

function plan(rows: number, columns: number, steps: number): Plan {
  return {
    name: 'iterateOddPolynomial',
    work: 2 * steps * rows * rows * (2 * columns + rows),
    variant: String(steps),
    output: [rows, columns],
    kernels: [
      { kernel: gramKernel, output: [rows, rows], constants: { inner: columns } },
      { kernel: tailKernel, output: [rows, rows], constants: { size: rows } },
      { kernel: updateKernel, output: [rows, columns], constants: { size: rows } },
    ],
    compose([gram, tail, update], [start, coefficients]) {
      if (!gram || !tail || !update || !start || !coefficients)
        throw new Error('iterateOddPolynomial: three kernels, two inputs');
      let X = start;
      for (let step = 0; step < steps; step++) X = update(tail(gram(X), coefficients, step), X, coefficients, step);
      return X;
    },
  };
}

/**
 * `steps` times X <- a X + b X X^T X + c (X X^T)^2 X in float32, one triple (a, b, c) a step, the last one repeated: the twin
 * of the Newton-Schulz iteration (normalise before). A cubic has c = 0.
 *
 * A matrix with more rows than columns is transposed on the way in and out, so that the Gram matrix is the small one.
 * Equal to `iterateOddPolynomialFloat32` where the backend is `bitExact`; |computed - exact|_F <= `iterateOddPolynomialErrorBound`.
 * @throws RangeError where coefficients or steps are none, or an iterate leaves the range of float32.
 */
export async function iterateOddPolynomial(
  backend: ArrayBackend,
  X: Float32Matrix,
  coefficients: readonly OddQuintic[],
  steps: number = coefficients.length,
): Promise<Float32Matrix> {
  assertShape(X, 'iterateOddPolynomial, X');
  const triples = toFloat32(stepCoefficients(coefficients, steps).flat(), 'iterateOddPolynomial, coefficients');
  if (steps === 0 || X.data.length === 0) return { ...X, data: X.data.slice() };
  const wide = X.rows <= X.columns ? X : transposed(X);
  const data = await backend.run(plan(wide.rows, wide.columns, steps), [
    { name: 'X', data: wide.data, shape: [wide.rows, wide.columns] },
    { name: 'coefficients', data: triples, shape: [steps, 3] },
  ]);
  const result = { ...wide, data };
  return wide === X ? result : transposed(result);
}
