import type { Obligation } from '../../../claim/certificate.ts';
import {
  composePolynomials,
  evaluate,
  type Polynomial,
  polynomial,
  subtractPolynomials,
} from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { counted, identical, obligation, power, product, signed, sum, written } from './obligations.ts';
import { NOT_NEGATIVE, ONE, odd, root, X } from './odd-polynomial.ts';
import { cubicBeyond, fewerSteps, quinticBeyond, STABLE, stable } from './pade-beyond.ts';
import { type PadeMap, squaredEdge } from './pade-map.ts';

/**
 * What holds for the cubic and the quintic alike, in e = 1 - x²: the error identity, its bounds, and convergence on (0, edge).
 *
 * Convergence: |e'| < |e| for 1 - edge² < e < 1, e != 0, and e' stays in the closed interval, so |e_k| falls to a limit L, and
 * an accumulation point of e_k with |e| = L > 0 would contradict the strict inequality.
 */
function common(
  name: string,
  { h, order, cofactor, ratio, least }: PadeMap,
  edgeSquared: Rational,
): readonly Obligation[] {
  const p = odd(h);
  const e = polynomial([1, 0, -1]);
  const lowest = Rational.ONE.minus(edgeSquared);
  const next = product(power(X, order), ratio);
  const factor = product(power(X, order - 1), ratio);
  const limit = evaluate(cofactor, Rational.ONE);
  // 1 - e^q r and 1 + e^q r: each with its zeros at the ends of the domain, of which (lowest, 1] holds the upper one
  const [above, below] = [subtractPolynomials(ONE, factor), sum(ONE, factor)];
  const atOne = (q: Polynomial): number => (evaluate(q, Rational.ONE).sign() === 0 ? 1 : 0);
  return [
    obligation(
      `${name}-factors`,
      String.raw`1 - p(x) = (1-x)^${order} w(x), \ w(1) \ne 0: \text{ order exactly } ${order}`,
      [
        identical(subtractPolynomials(ONE, p), product(root(order), cofactor), 'x'),
        [limit.sign() > 0, `w = ${written(cofactor, 'x')}, w(1) = ${limit}`],
      ],
    ),
    obligation(`${name}-error-identity`, String.raw`1 - p(x)^2 = e^${order} r(e), \ e = 1 - x^2`, [
      identical(subtractPolynomials(ONE, power(p, 2)), composePolynomials(next, e), 'x'),
      [true, `r = ${written(ratio, 'e')}`],
    ]),
    obligation(
      `${name}-error-on-unit-interval`,
      String.raw`${least} e^${order} \le e' \le e^${order} \text{ for } x \in [0, 1], \text{ sharp at } e \to 0 \text{ and } e = 1`,
      [
        signed(subtractPolynomials(ratio, [least]), 0, 1, NOT_NEGATIVE, 'e'),
        signed(subtractPolynomials(ONE, ratio), 0, 1, NOT_NEGATIVE, 'e'),
        [evaluate(ratio, Rational.ZERO).equals(least), `r(0) = ${evaluate(ratio, Rational.ZERO)}`],
        [evaluate(ratio, Rational.ONE).equals(Rational.ONE), `r(1) = ${evaluate(ratio, Rational.ONE)}`],
      ],
    ),
    obligation(
      `${name}-error-beyond-one`,
      String.raw`|e'| \le ${least} |e|^${order} \text{ for } 1 \le x \le \sqrt{${edgeSquared}}`,
      [
        signed(subtractPolynomials([least], ratio), lowest, 0, NOT_NEGATIVE, 'e'),
        signed(sum([least], ratio), lowest, 0, NOT_NEGATIVE, 'e'),
      ],
    ),
    obligation(
      `${name}-iterated-error`,
      String.raw`0 \le x_T, \ |1 - x_T^2| \le |1 - x_0^2|^{${order}^T} \text{ for } 0 \le x_0 \le \sqrt{${edgeSquared}}`,
      [
        signed(subtractPolynomials(ONE, ratio), lowest, 1, NOT_NEGATIVE, 'e'),
        signed(sum(ONE, ratio), lowest, 1, NOT_NEGATIVE, 'e'),
        signed(subtractPolynomials(next, [lowest]), lowest, 1, NOT_NEGATIVE, 'e'),
        signed(h, 0, edgeSquared, NOT_NEGATIVE, 'y'),
      ],
    ),
    obligation(
      `${name}-contracts`,
      String.raw`|e'| < |e| \text{ for } 0 < x < \sqrt{${edgeSquared}}, \ x \ne 1, \text{ so } x_T \to 1`,
      [
        signed(above, lowest, 1, NOT_NEGATIVE, 'e'),
        signed(below, lowest, 1, NOT_NEGATIVE, 'e'),
        counted(above, lowest, 1, atOne(above), 'e'),
        counted(below, lowest, 1, atOne(below), 'e'),
      ],
    ),
  ];
}

/** Everything that the statement says about the two maps and their steeper relative, for all starting values. */
export function padeCertificate(cubic: PadeMap, quintic: PadeMap): readonly [Obligation, ...Obligation[]] {
  const [first, ...others] = [
    ...common('cubic', cubic, squaredEdge(3)),
    ...cubicBeyond(cubic.h),
    ...common('quintic', quintic, squaredEdge(5)),
    ...quinticBeyond(quintic.h, squaredEdge(5), squaredEdge(3)),
    ...stable(),
    fewerSteps([cubic.h, quintic.h, STABLE]),
  ];
  if (first === undefined) throw new RangeError('padeCertificate: obligations, got none');
  return [first, ...others];
}
