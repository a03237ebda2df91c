import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { type Bivariate, boxesOfSign } from '../../src/kernels/exact/sign-on-box.ts';

const UNIT = { lo: Rational.ZERO, hi: Rational.ONE };
const BOTH = { lo: Rational.of(-1), hi: Rational.ONE };
const HALVINGS = 8;
const bivariate = (rows: readonly (readonly number[])[]): Bivariate =>
  rows.map((row) => row.map((c) => Rational.of(c)));
const at = (p: Bivariate, x: Rational, y: Rational): Rational =>
  Rational.sum(p.flatMap((row, i) => row.map((c, j) => c.times(x.power(i)).times(y.power(j)))));

describe('boxesOfSign', () => {
  it('decides by hand', () => {
    // 1 - x y on [0, 1] x [-1, 1], zero at a corner
    expect(
      boxesOfSign(
        bivariate([
          [1, 0],
          [0, -1],
        ]),
        UNIT,
        BOTH,
        0,
      ),
    ).toBe(1);
    // x² - 2xy + 2y² + 1 needs smaller boxes
    const form = bivariate([
      [1, 0, 2],
      [0, -2, 0],
      [1, 0, 0],
    ]);
    expect(boxesOfSign(form, BOTH, BOTH, 0)).toBeUndefined();
    expect(boxesOfSign(form, BOTH, BOTH, HALVINGS)).toBeGreaterThan(1);
    // x² + y² - 1/2 is negative at 0
    expect(
      boxesOfSign(
        bivariate([
          [-1, 0, 2],
          [0, 0, 0],
          [2, 0, 0],
        ]),
        BOTH,
        BOTH,
        HALVINGS,
      ),
    ).toBeUndefined();
    expect(boxesOfSign(bivariate([[-1]]), UNIT, UNIT, 2)).toBeUndefined();
  });

  it('never says yes where a sample is negative, and decides what is well above 0', () => {
    const coefficient = fc.integer({ min: -4, max: 4 });
    const rows = fc.array(fc.array(coefficient, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(rows, fc.integer({ min: -8, max: 40 }), (drawn, constant) => {
        const p = bivariate(drawn.map((row, i) => row.map((c, j) => (i + j === 0 ? constant : c))));
        const boxes = boxesOfSign(p, BOTH, UNIT, HALVINGS);
        const grid = Array.from({ length: 9 }, (_, k) => Rational.of(k, 8));
        const samples = grid.flatMap((s) => grid.map((y) => at(p, s.times(Rational.of(2)).minus(Rational.ONE), y)));
        if (samples.some((value) => value.sign() < 0)) expect(boxes).toBeUndefined();
        // eight other coefficients of at most 4
        if (constant >= 32) expect(boxes).toBeDefined();
      }),
    );
  });
});
