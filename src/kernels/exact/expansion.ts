import { Multivariate } from './multivariate.ts';
import type { RationalExpression } from './rational-expression.ts';

/** A rational function as a quotient of two polynomials in normal form, not in lowest terms. */
export interface Expansion {
  readonly numerator: Multivariate;
  readonly denominator: Multivariate;
}

const ONE = Multivariate.constant(1);

/** @throws RangeError where a denominator is 0 as a polynomial. */
export function expanded(expression: RationalExpression): Expansion {
  switch (expression.kind) {
    case 'constant':
      return { numerator: Multivariate.constant(expression.value), denominator: ONE };
    case 'variable':
      return { numerator: Multivariate.variable(expression.name), denominator: ONE };
    case 'power': {
      const { numerator: n, denominator: d } = expanded(expression.base);
      const e = Math.abs(expression.exponent);
      return expression.exponent >= 0
        ? { numerator: n.power(e), denominator: d.power(e) }
        : nonZero({ numerator: d.power(e), denominator: n.power(e) });
    }
    default:
      return combined(expression.kind, expanded(expression.left), expanded(expression.right));
  }
}

function combined(
  kind: 'sum' | 'difference' | 'product' | 'quotient',
  { numerator: a, denominator: b }: Expansion,
  { numerator: c, denominator: d }: Expansion,
): Expansion {
  if (kind === 'product') return { numerator: a.times(c), denominator: b.times(d) };
  if (kind === 'quotient') return nonZero({ numerator: a.times(d), denominator: b.times(c) });
  const [left, right] = [a.times(d), c.times(b)];
  return { numerator: kind === 'sum' ? left.plus(right) : left.minus(right), denominator: b.times(d) };
}

function nonZero(quotient: Expansion): Expansion {
  if (quotient.denominator.isZero()) throw new RangeError('expanded: a denominator != 0, got 0');
  return quotient;
}
