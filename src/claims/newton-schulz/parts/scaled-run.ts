import { type Answer, ask, type Call } from '../../../claim/ask.ts';
import { type Factored, matrixOf } from '../../../instances/spectra.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { type Arithmetic, FLOAT64 } from '../../../kernels/matrix/arithmetic.ts';
import { BFLOAT16 } from '../../../kernels/matrix/bfloat16.ts';
import { QUINTIC_JORDAN } from '../../../kernels/matrix/coefficient-sets.ts';
import { fromRows, type Matrix, toRows } from '../../../kernels/matrix/matrix.ts';
import { frobeniusNormalised, newtonSchulz } from '../../../kernels/matrix/newton-schulz.ts';
import {
  newtonSchulzErrorBound,
  normalisationError,
  roundingError,
} from '../../../kernels/matrix/newton-schulz-error.ts';
import { newtonSchulzOperation } from '../../../operations/newton-schulz.ts';
import { BITS, outward, point } from './bracket.ts';
import type { Observed } from './iteration.ts';
import { MUON } from './muon-map.ts';

/** Muon's step on G: X_0 = G / (||G||_F + epsilon), or G where that has been done before. */
export interface ScaledInstance {
  readonly matrix: Factored;
  readonly normalisation: 'frobenius' | 'none';
  readonly epsilon: string;
  readonly steps: number;
}

/** Of G and, transposed back, of G^T. */
export interface ScaledRuns {
  readonly run: Observed;
  readonly ofTransposed: Observed;
}

const flipped = <T>(rows: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  (rows[0] ?? []).map((_, j) => rows.flatMap((row) => row.slice(j, j + 1)));

export function* runs({
  matrix,
  normalisation,
  epsilon,
  steps,
}: ScaledInstance): Generator<Call, ScaledRuns, Answer<unknown>> {
  const rows = matrixOf(matrix);
  const common = { coefficients: [MUON], steps, normalisation, epsilon };
  const run = yield* ask(newtonSchulzOperation, { matrix: rows, ...common });
  const other = yield* ask(newtonSchulzOperation, { matrix: flipped(rows), ...common });
  return {
    run: { rows: run.output.matrix, radius: run.errorBound },
    ofTransposed: { rows: flipped(other.output.matrix), radius: other.errorBound },
  };
}

/** The singular values of X_0, in the order of the factors. */
export function scaledValues({ matrix, normalisation, epsilon }: ScaledInstance): readonly RationalInterval[] {
  const values = matrix.spectrum.map((s) => Rational.from(s));
  if (normalisation === 'none') return values.map(point);
  const squared = Rational.sum(values.map((s) => s.times(s)));
  const root = squared.squareRoot();
  const [least, most] = root === undefined ? squared.squareRootBounds(2 * BITS) : [root, root];
  const [low, high] = [least, most].map((norm) => norm.plus(Rational.from(epsilon))) as [Rational, Rational];
  return values.map((s) => (s.sign() === 0 ? point(s) : outward({ lo: s.dividedBy(high), hi: s.dividedBy(low) })));
}

const doubles = ({ matrix }: ScaledInstance): Matrix =>
  fromRows(matrixOf(matrix).map((row) => row.map((x) => Rational.from(x).toNumber())));

const startIn = (instance: ScaledInstance, arithmetic: Arithmetic): Matrix => {
  const G = doubles(instance);
  return instance.normalisation === 'none'
    ? G
    : frobeniusNormalised(G, Rational.from(instance.epsilon).toNumber(), arithmetic);
};

/** The same in bfloat16, as on matrix units. */
export const bfloat16Run = (instance: ScaledInstance): Observed['rows'] =>
  toRows(newtonSchulz(startIn(instance, BFLOAT16), QUINTIC_JORDAN, instance.steps, BFLOAT16));

/** What that is off by in the Frobenius norm at most. */
export function bfloat16Bound(instance: ScaledInstance): number {
  const [G, X] = [doubles(instance), startIn(instance, FLOAT64)];
  const start =
    instance.normalisation === 'none'
      ? roundingError(G, 'bfloat16')
      : normalisationError(G, X, Rational.from(instance.epsilon).toNumber(), 'bfloat16');
  return newtonSchulzErrorBound(X, QUINTIC_JORDAN, instance.steps, 'bfloat16', start);
}
