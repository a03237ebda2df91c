import { type Answer, ask, type Call } from '../../../claim/ask.ts';
import { type Enclosure, enclosing } from '../../../claim/enclosure.ts';
import { matrixOf } from '../../../instances/spectra.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import {
  matrixDifference,
  matrixSum,
  matrixToStrings,
  rationalMatrix,
} from '../../../kernels/exact/rational-matrix.ts';
import { stableRatio } from '../../../kernels/matrix/backward-error.ts';
import { fromRows } from '../../../kernels/matrix/matrix.ts';
import { type SingularValues, svd } from '../../../kernels/matrix/svd.ts';
import { singularValuesOperation } from '../../../operations/singular-values.ts';
import { type Answered, askPolar, normWithin } from './answered.ts';
import { spectrumOf } from './matrices.ts';
import { type Perturbed as Instance, perturbationOf } from './sensitivity.ts';

export interface Observed {
  readonly before: Answered;
  readonly after: Answered;
  readonly values: readonly Numeric[];
  readonly valuesRadius: number;
}

const given = ({ matrix }: Instance) => rationalMatrix(matrixOf(matrix));

export function* observe(instance: Instance): Generator<Call, Observed, Answer<unknown>> {
  const matrix = matrixOf(instance.matrix);
  const before = yield* askPolar(matrix);
  const after = yield* askPolar(matrixToStrings(matrixSum(given(instance), perturbationOf(instance))));
  const { output, errorBound } = yield* ask(singularValuesOperation, { matrix });
  return { before, after, values: output.values, valuesRadius: errorBound };
}

const kept = new WeakMap<Instance['matrix'], SingularValues>();

/** Our own decomposition of the nearest doubles. */
export function decomposed({ matrix }: Instance): SingularValues {
  const known =
    kept.get(matrix) ?? svd(fromRows(rationalMatrix(matrixOf(matrix)).map((r) => r.map((x) => x.toNumber()))));
  kept.set(matrix, known);
  return known;
}

/** 30 max(m, n) eps, LAPACK's own bar. */
export const bar = ({ matrix }: Instance): number =>
  stableRatio(fromRows(matrix.left.map(() => matrix.right.map(() => 0))), 'float64');

export const largest = ({ matrix }: Instance) => Rational.max(Rational.ZERO, ...spectrumOf(matrix));

export const moved = (_: Instance, { before, after }: Observed): Enclosure =>
  enclosing(normWithin(matrixDifference(after.matrix, before.matrix), before.radius + after.radius));
