import { z } from 'zod';
import type { Numeric } from '../kernels/exact/rational.ts';
import { coupledInverseRoot } from '../kernels/gpu/coupled-newton-schulz.ts';
import { toFloat32Matrix, toFloat64Matrix } from '../kernels/gpu/float32-matrix.ts';
import { arrayBackend } from '../kernels/gpu/select-backend.ts';
import { type Arithmetic, FLOAT32, FLOAT64 } from '../kernels/matrix/arithmetic.ts';
import { inverseRoot } from '../kernels/matrix/inverse-root.ts';
import { fromRows, toRows } from '../kernels/matrix/matrix.ts';
import { spectralFunction } from '../kernels/matrix/spectral-function.ts';
import { Declined, type Doubles, type Operation } from './operation.ts';
import { matrix, nonNegative, type Rows } from './schema.ts';
import { definitePart } from './semidefinite-part.ts';

export interface InverseRootInput {
  readonly matrix: Rows;
  readonly root: 2 | 4;
  readonly damping?: Numeric;
}

const prepared = ({ matrix: rows, root, damping = 0 }: Doubles<InverseRootInput>) => ({
  V: fromRows(definitePart('inverse-root', rows, damping)),
  root: spectralFunction(inverseRoot(root, damping)),
});

const compute = (input: Doubles<InverseRootInput>, arithmetic: Arithmetic) => {
  const { V, root } = prepared(input);
  return { matrix: toRows(V.rows === 0 ? V : root.compute(V, arithmetic)) };
};

/** (V + damping I)^(-1/root) of a symmetric positive semidefinite V, by its eigenvalues; see `spectralFunction` for the bound. */
export const inverseRootOperation: Operation<InverseRootInput, { readonly matrix: Rows }> = {
  id: 'inverse-root',
  kind: 'function',
  summary: '(V + damping I)^(-1/root) of a symmetric positive semidefinite matrix V, root 2 or 4',
  input: z.strictObject({
    matrix: matrix.refine((rows) => rows.length === (rows[0]?.length ?? 0), { error: 'a square matrix' }),
    root: z.union([z.literal(2), z.literal(4)], { error: '2 or 4' }),
    damping: nonNegative.default(0),
  }),
  output: z.strictObject({ matrix }),
  reference: (input) => compute(input, FLOAT64),
  float32: (input) => compute(input, FLOAT32),
  gpu: async (input) => {
    const { V } = prepared(input);
    if (V.rows === 0) return { matrix: toRows(V) };
    const damping = input.damping ?? 0;
    const damped = { ...V, data: V.data.map((x, at) => (at % (V.columns + 1) === 0 ? x + damping : x)) };
    const backend = await arrayBackend();
    const inverse = await coupledInverseRoot(backend, toFloat32Matrix(damped), input.root);
    if (inverse === undefined) return new Declined('the matrix is singular to single precision');
    return { matrix: toRows(toFloat64Matrix(inverse)) };
  },
  errorBound: (input, format) => {
    const { V, root } = prepared(input);
    return root.errorBound(V, 0, format);
  },
};
