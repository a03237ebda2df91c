import { Rational } from '../../../kernels/exact/rational.ts';
import { matrixDifference, type RationalMatrix, rationalMatrix } from '../../../kernels/exact/rational-matrix.ts';
import { coefficientsAt } from '../../../kernels/matrix/coefficient-sets.ts';
import { exactNewtonSchulzStep } from '../../../kernels/matrix/exact-newton-schulz.ts';
import { normEnclosure, toInterval } from '../../../kernels/matrix/norm-enclosure.ts';
import { exactTriple, type RoundedInstance, SCHEDULES } from './rounded-run.ts';

const squaredNorm = (A: RationalMatrix): Rational => Rational.sum(A.flat().map((x) => x.times(x)));
const EIGHT = Rational.of(8);

/** X_0 and its entries rounded down to multiples of 1/8. */
function pair({ matrix }: RoundedInstance): readonly [RationalMatrix, RationalMatrix] {
  const X = rationalMatrix(matrix);
  return [X, X.map((row) => row.map((x) => Rational.of(x.times(EIGHT).floor(), 8n)))];
}

/** ||p(X) - p(Y)||_F², exactly. */
export function squaredImageDistance(instance: RoundedInstance): Rational {
  const triple = exactTriple(coefficientsAt(SCHEDULES[instance.map], 0));
  const [X, Y] = pair(instance);
  return squaredNorm(matrixDifference(exactNewtonSchulzStep(X, triple), exactNewtonSchulzStep(Y, triple)));
}

/** L² ||X - Y||_F² with L = max |p'| on [0, max(||X||_2, ||Y||_2)], an upper bound of the norms taken. */
export function squaredLipschitzBound(instance: RoundedInstance): Rational {
  const [a, b, c] = exactTriple(coefficientsAt(SCHEDULES[instance.map], 0));
  const [X, Y] = pair(instance);
  const end = Rational.from(Math.max(...[X, Y].map((A) => toInterval(normEnclosure('spectral', A)).hi))).power(2);
  // p' = a + 3 b y + 5 c y² in y = x² is extremal at an end or where 3 b + 10 c y = 0
  const inner = c.sign() === 0 ? Rational.ZERO : b.times(Rational.of(-3)).dividedBy(c.times(Rational.of(10)));
  const places = [Rational.ZERO, end, ...(inner.sign() > 0 && inner.lessThan(end) ? [inner] : [])];
  const slopes = places.map((y) =>
    a
      .plus(b.times(Rational.of(3)).times(y))
      .plus(c.times(Rational.of(5)).times(y).times(y))
      .absolute(),
  );
  return Rational.max(Rational.ZERO, ...slopes)
    .power(2)
    .times(squaredNorm(matrixDifference(X, Y)));
}
