import fc from 'fast-check';
import {
  multiplyPolynomials,
  type Polynomial,
  polynomial,
  scalePolynomial,
} from '../../src/kernels/exact/polynomial.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';

/** Small rationals, so that roots and ends of intervals often coincide. */
export const smallRational = fc
  .tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: 1, max: 4 }))
  .map(([p, q]) => Rational.of(p, q));

export const anyPolynomial = fc.array(smallRational, { maxLength: 6 }).map(polynomial);

export const product = (factors: readonly Polynomial[]): Polynomial =>
  factors.reduce(multiplyPolynomials, polynomial([1]));

/** A polynomial of which all real roots are known, with their multiplicities. */
export interface Factored {
  readonly p: Polynomial;
  /** Ascending, distinct. */
  readonly roots: readonly { readonly at: Rational; readonly multiplicity: number }[];
  /** The sign of the product of all that is no linear factor. */
  readonly sign: -1 | 1;
}

export const factored: fc.Arbitrary<Factored> = fc
  .record({
    roots: fc.uniqueArray(fc.tuple(smallRational, fc.integer({ min: 1, max: 3 })), {
      maxLength: 4,
      selector: ([at]) => `${at}`,
    }),
    scale: smallRational.filter((c) => c.sign() !== 0),
    // x^2 + b x + c with b^2 < 4c: positive everywhere
    quadratics: fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 3, max: 9 })), { maxLength: 2 }),
  })
  .map(({ roots, scale, quadratics }) => {
    const linear = roots.flatMap(([at, m]) => Array.from({ length: m }, () => polynomial([at.negated(), 1])));
    return {
      p: scalePolynomial(scale, product([...linear, ...quadratics.map(([b, c]) => polynomial([c, b, 1]))])),
      roots: roots.map(([at, multiplicity]) => ({ at, multiplicity })).sort((r, s) => r.at.compare(s.at)),
      sign: scale.sign() < 0 ? -1 : 1,
    };
  });

/** T_n of Chebyshev: n roots in (-1, 1), values 1 and -1 in turn at cos(k pi / n). */
export function chebyshev(n: number): Polynomial {
  let [before, now] = [polynomial([1]), polynomial([0, 1])];
  if (n === 0) return before;
  for (let k = 1; k < n; k += 1) {
    const twice = multiplyPolynomials(polynomial([0, 2]), now);
    [before, now] = [now, polynomial(twice.map((c, j) => c.minus(before[j] ?? Rational.ZERO)))];
  }
  return now;
}
