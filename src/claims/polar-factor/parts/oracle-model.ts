import fc from 'fast-check';
import { type Answer, ask, type Call } from '../../../claim/ask.ts';
import { exactly } from '../../../claim/enclosure.ts';
import { type Factored, gridded, matrixOf } from '../../../instances/spectra.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { matrixDifference, matrixToStrings, rationalMatrix } from '../../../kernels/exact/rational-matrix.ts';
import { inverseRootOperation } from '../../../operations/inverse-root.ts';
import { lmoOperation } from '../../../operations/lmo.ts';
import { type Answered, askPolar, squaredNormWithin } from './answered.ts';
import { gramFactor, gramOf } from './gram-factor.ts';
import { composed, type Reflection, reflected, someReflections, spectrumOf } from './matrices.ts';

export interface Instance {
  readonly matrix: Factored;
  /** In [-1, 1]: the competitor is U diag(contraction) V^T, reflected on its longer side. */
  readonly contraction: readonly string[];
  readonly reflections: readonly Reflection[];
  readonly damping: string;
}

export interface Observed {
  readonly factor: Answered;
  readonly minimiser: Answered;
  /** (G G^T + damping)^(-1/2) G. */
  readonly gram: Answered;
  /** The factor of G with the sign of its least positive singular value changed. */
  readonly flipped: Answered;
}

export const NOTHING = exactly(0);
export const given = ({ matrix }: Instance) => rationalMatrix(matrixOf(matrix));
export const competitor = ({ matrix, contraction, reflections }: Instance) =>
  reflected(
    composed(
      matrix,
      contraction.map((d) => Rational.from(d)),
    ),
    reflections,
  );
export const nuclear = ({ matrix }: Instance) => Rational.sum(spectrumOf(matrix));

/** G with the sign of the least positive singular value changed, and that value. */
export function beyondTheDrop({ matrix }: Instance) {
  const values = spectrumOf(matrix);
  const positive = values.filter((s) => s.sign() > 0);
  const least = positive.reduce((a, b) => Rational.min(a, b), positive[0] ?? Rational.ZERO);
  const at = values.findIndex((s) => s.equals(least));
  return {
    least,
    rows: composed(
      matrix,
      values.map((s, i) => (i === at ? s.negated() : s)),
    ),
  };
}

export function* observe(instance: Instance): Generator<Call, Observed, Answer<unknown>> {
  const matrix = matrixOf(instance.matrix);
  const factor = yield* askPolar(matrix);
  const oracle = yield* ask(lmoOperation, { matrix, norm: 'spectral', radius: 1 });
  const root = yield* ask(inverseRootOperation, {
    matrix: matrixToStrings(gramOf(instance.matrix)),
    root: 2,
    damping: instance.damping,
  });
  const flipped = yield* askPolar(matrixToStrings(beyondTheDrop(instance).rows));
  return {
    factor,
    minimiser: { matrix: rationalMatrix(oracle.output.matrix), radius: oracle.errorBound },
    gram: gramFactor(instance.matrix, { matrix: rationalMatrix(root.output.matrix), radius: root.errorBound }),
    flipped,
  };
}

export const jump = (_: Instance, { factor, flipped }: Observed) =>
  squaredNormWithin(matrixDifference(factor.matrix, flipped.matrix), factor.radius + flipped.radius);

export const instances = (matrix: fc.Arbitrary<Factored>, damping: fc.Arbitrary<string>): fc.Arbitrary<Instance> =>
  fc.record({
    matrix,
    contraction: fc.array(gridded(-1, 1, 4), { minLength: 3, maxLength: 3 }),
    reflections: someReflections,
    damping,
  });

export const DAMPING = gridded(1 / 4, 4, 4);
export const identity: Factored = {
  left: [
    ['1', '0'],
    ['0', '1'],
  ],
  spectrum: ['1', '1'],
  right: [
    ['1', '0'],
    ['0', '1'],
  ],
};
export const witness = (matrix: Factored, damping: string): Instance => ({
  matrix,
  contraction: matrix.spectrum.map(() => '1'),
  reflections: [],
  damping,
});
