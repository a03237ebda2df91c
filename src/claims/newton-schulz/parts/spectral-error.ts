import { type Enclosure, enclosing, exactly } from '../../../claim/enclosure.ts';
import { absolute, around, type Interval, multiply, square, subtract, sum } from '../../../kernels/exact/interval.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';

/** The sum over the values of (factor |1 - s²|^exponent)²: exact where the values are. */
export function errorSum(values: readonly RationalInterval[], factor: Rational, exponent: number): Enclosure {
  if (values.every(({ lo, hi }) => lo.equals(hi))) {
    return exactly(
      Rational.sum(
        values.map(({ lo: s }) => {
          const error = factor.times(Rational.ONE.minus(s.times(s)).power(exponent));
          return error.times(error);
        }),
      ),
    );
  }
  return enclosing(sum(values.map((s) => square(multiply(around(factor), powerOf(error(s), exponent))))));
}

const error = ({ lo, hi }: RationalInterval): Interval =>
  absolute(subtract(around(1), square({ lo: lo.lowerDouble(), hi: hi.upperDouble() })));

/** x^exponent for x >= 0, by repeated squaring. */
function powerOf(x: Interval, exponent: number): Interval {
  let [result, base] = [around(1), x];
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, base);
    base = square(base);
  }
  return result;
}
