import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expanded } from '../../src/kernels/exact/expansion.ts';
import { vanishesOnGrid } from '../../src/kernels/exact/grid-check.ts';
import { expandsToZero, isIdentity } from '../../src/kernels/exact/identity.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { parseRational, type RationalExpression } from '../../src/kernels/exact/rational-expression.ts';
import { reference60 } from '../../src/kernels/exact/reference60.ts';

const constant = (value: Rational): RationalExpression => ({ kind: 'constant', value });
const minus = (left: RationalExpression, right: RationalExpression): RationalExpression => ({
  kind: 'difference',
  left,
  right,
});

/** Polynomials in x and y as they might be written. */
const polynomialTree: fc.Arbitrary<RationalExpression> = fc.letrec<{ tree: RationalExpression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.integer({ min: -3, max: 3 }).map((k) => constant(Rational.of(k, 2))),
    fc.constantFrom('x', 'y').map((name) => ({ kind: 'variable' as const, name })),
    fc.record({
      kind: fc.constantFrom('sum' as const, 'difference' as const, 'product' as const),
      left: tie('tree'),
      right: tie('tree'),
    }),
    fc.record({ kind: fc.constant('power' as const), base: tie('tree'), exponent: fc.nat(2) }),
  ),
})).tree;

describe('identities', () => {
  it.each([
    ['x^2 - 1', '(x - 1)*(x + 1)'],
    ['(x + y)^4', 'x^4 + 4x^3 y + 6x^2 y^2 + 4 x y^3 + y^4'],
    ['1/3 x + 0.1', '(10 x + 3)/30'],
    ['x/(1 - x) + 1', '1/(1 - x)'],
    ['x^-2', '1/(x*x)'],
    ['-x^2', '0 - x*x'],
    ['+x^(-1) * x', '1'],
    ['1 - ((15x - 10x^3 + 3x^5)/8)^2', '(1 - x^2)^3*(40 + 15(1 - x^2) + 9(1 - x^2)^2)/64'],
    ['(a^2 + b^2)*(c^2 + d^2)', '(a c - b d)^2 + (a d + b c)^2'],
    ['12345678901234567890123 x', '12345678901234567890122 x + x'],
  ])('%s = %s', (left, right) => {
    expect(isIdentity(left, right)).toBe(true);
    // a hair off is no identity, and so is one more term
    expect(isIdentity(left, `${right} + 1/10^40`)).toBe(false);
    expect(isIdentity(left, `${right} + z`)).toBe(false);
  });
  it('tells functions apart that agree on many points', () => {
    const roots = Array.from({ length: 9 }, (_, k) => `(x - (${k - 4}))`).join('*');
    expect(expandsToZero(roots)).toBe(false);
    expect(expandsToZero(`${roots}*(y - y)`)).toBe(true);
    expect(expandsToZero('x*y*(x^2 - 1)*(y^2 - 1)')).toBe(false);
  });
  it('the grid and the expansion agree on random polynomials, zero or not', () => {
    let zeros = 0;
    fc.assert(
      fc.property(polynomialTree, polynomialTree, (a, b) => {
        for (const [expression, isZero] of [
          [a, undefined],
          [minus(a, a), true],
          // (a + b)^2 - a^2 - 2ab - b^2, and the same with one ab less, 0 exactly if ab is
          [squareDefect(a, b, 2), true],
          [squareDefect(a, b, 1), undefined],
        ] as const) {
          const byExpansion = expanded(expression).numerator.isZero();
          expect(vanishesOnGrid(expression)).toBe(byExpansion);
          if (isZero !== undefined) expect(byExpansion).toBe(isZero);
          if (byExpansion) zeros += 1;
        }
      }),
      { numRuns: 60 },
    );
    expect(zeros).toBeGreaterThan(100);
  });
  it.each(['sin(x)', 'x!', 'x = 1', 'x < 1', '[x]', 'x^y', 'x^(1/2)', 'x^0.5', '1 +', '', '2 % 3', '"x"', 'true'])(
    'refuses %j',
    (text) => {
      expect(() => expandsToZero(text)).toThrow(RangeError);
    },
  );
  it('refuses division by zero in disguise', () => {
    expect(() => expandsToZero('1/(x - x)')).toThrow('a denominator != 0');
    expect(() => expandsToZero('(x - x)^-1')).toThrow('a denominator != 0');
    expect(() => vanishesOnGrid(parseRational('(y - y)/(x - x)'))).toThrow('a denominator != 0');
  });
});

function squareDefect(a: RationalExpression, b: RationalExpression, mixed: number): RationalExpression {
  const square = (base: RationalExpression): RationalExpression => ({ kind: 'power', base, exponent: 2 });
  const ab: RationalExpression = { kind: 'product', left: a, right: b };
  const twice: RationalExpression = { kind: 'product', left: constant(Rational.of(mixed)), right: ab };
  return minus(minus(minus(square({ kind: 'sum', left: a, right: b }), square(a)), twice), square(b));
}

describe('reference60', () => {
  /** The decimal expansion of a rational below 10, by long division. */
  const digits = (r: Rational, count: number): string => {
    const scaled = `${r.times(Rational.of(10n ** BigInt(count))).floor()}`;
    return `${scaled.slice(0, -count)}.${scaled.slice(-count)}`;
  };
  it('has the digits of square roots', () => {
    for (const n of [2, 3, 7, 97]) {
      const [lo] = Rational.from(n).squareRootBounds(300);
      // all but the last digit, which is rounded
      const text = reference60('sqrt(n)', { n });
      expect(text.replace('.', '')).toHaveLength(60);
      expect(digits(lo, 70).startsWith(text.slice(0, -1))).toBe(true);
    }
  });
  it('reads doubles exactly, fraction strings and rationals', () => {
    expect(reference60('x - 1/10', { x: 0.1 })).toBe('5.5511151231257827021181583404541015625e-18');
    expect(reference60('x + y', { x: '1/4', y: Rational.of(1, 2) })).toBe('0.75');
  });
  it('recovers digits lost by cancellation', () => {
    const x = Rational.of(1n, 10n ** 30n);
    // the series of sqrt(1 + x) - 1 - x/2; what is left out is below 10^-148
    const series = ['-1/8', '1/16', '-5/128'].map((c, k) => Rational.from(c).times(x.power(k + 2)));
    const exact = Rational.sum(series)
      .negated()
      .times(Rational.of(10n ** 61n));
    const [mantissa = '', exponent] = reference60('(1 + x)^(1/2) - 1 - x/2', { x }).split('e');
    expect([mantissa.slice(0, -2), exponent]).toEqual([`-${digits(exact, 70).slice(0, mantissa.length - 3)}`, '-61']);
  });
  it('refuses complex, infinite and unsettled values', () => {
    expect(() => reference60('sqrt(x)', { x: -1 })).toThrow(RangeError);
    expect(() => reference60('1/x', { x: 0 })).toThrow(RangeError);
    expect(() => reference60('sqrt(2)^2 - 2')).toThrow('digits that settle');
  });
});
