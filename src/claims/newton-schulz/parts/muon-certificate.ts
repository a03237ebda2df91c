import type { Certificate } from '../../../claim/certificate.ts';
import { evaluate, evaluateOnInterval } from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { distance, point, shown } from './bracket.ts';
import { dynamics } from './muon-dynamics.ts';
import { below } from './muon-findings.ts';
import { decimals, fiveSteps } from './muon-five-steps.ts';
import { orbitOf } from './muon-images.ts';
import {
  image,
  MUON,
  type MuonConstants,
  muonConstants,
  muonMap,
  muonShift,
  muonSlope,
  preimages,
} from './muon-map.ts';
import { counted, type Finding, obligation, signed } from './obligations.ts';

const INFINITY = Number.POSITIVE_INFINITY;
const [A, B, C] = MUON.map((x) => Rational.from(x)) as [Rational, Rational, Rational];

function shape({ c1, c2, inner, edge }: MuonConstants) {
  const discriminant = B.times(B).minus(Rational.of(4).times(A).times(C));
  const slopeAt = (x: RationalInterval) => evaluateOnInterval(muonSlope, x);
  const one = point(Rational.ONE);
  return [
    obligation('positive', String.raw`p(x) > 0 \text{ for } x > 0`, [
      [discriminant.sign() < 0, `b^2 - 4ac = ${discriminant} < 0`],
    ]),
    obligation('one-is-not-fixed', String.raw`p(1) = 701/1000 \ne 1, \text{ so no orbit converges to } 1`, [
      [evaluate(muonMap, Rational.ONE).equals(Rational.of(701, 1000)), `p(1) = ${evaluate(muonMap, Rational.ONE)}`],
    ]),
    obligation(
      'critical-points',
      String.raw`p \text{ rises on } [0, c_1], \text{ falls on } [c_1, c_2], \text{ rises on } [c_2, \infty)`,
      [
        counted(muonSlope, 0, INFINITY, 2, 'x'),
        [evaluate(muonSlope, Rational.ZERO).sign() > 0, `p'(0) = ${A}`],
        [evaluate(muonSlope, Rational.ONE).sign() < 0, `p'(1) = ${evaluate(muonSlope, Rational.ONE)}`],
        below(c1, one, 'c_1 < 1'),
        below(one, c2, '1 < c_2'),
      ],
    ),
    obligation(
      'fixed-points',
      String.raw`\text{the fixed points are } 0, x_* \text{ and } x_e, \text{ and each repels}`,
      [
        counted(muonShift, 0, INFINITY, 2, 'x'),
        [Rational.ONE.lessThan(A), `p'(0) = ${A} > 1`],
        [slopeAt(inner).hi.lessThan(Rational.of(-1)), `x_* = ${shown(inner)} with slope ${shown(slopeAt(inner))} < -1`],
        [Rational.ONE.lessThan(slopeAt(edge).lo), `x_e = ${shown(edge)} with slope ${shown(slopeAt(edge))} > 1`],
      ],
    ),
  ] as const;
}

function bands(constants: MuonConstants) {
  const { c1, c2, top, bottom, bandTop, edge } = constants;
  const one = point(Rational.ONE);
  const worst = distance(one, bottom);
  return [
    obligation('bounded-up-to-edge', String.raw`0 \le p \le x_e \text{ on } [0, x_e]`, [
      below(top, edge, 'M = p(c_1) < x_e'),
      below(c2, edge, 'c_2 < x_e = p(x_e)'),
    ]),
    obligation('divergent-beyond-edge', String.raw`p(x) > x \text{ for } x > x_e, \text{ so that } p^k(x) \to \infty`, [
      signed(muonShift, edge.hi, INFINITY, ['positive'], 'x'),
    ]),
    obligation('band-maps-onto-itself', 'B = [m, p(m)]: p(B) = B', [
      below(c1, bottom, 'c_1 < m = p(c_2)'),
      below(bottom, c2, 'm < c_2'),
      below(c2, bandTop, 'c_2 < p(m)'),
      below(image(bandTop), bandTop, 'p(p(m)) < p(m)'),
    ]),
    obligation('one-step-into-band', 'p([m, M]) = B', [
      below(bandTop, top, 'p(m) < M'),
      below(image(top), bandTop, 'p(M) < p(m)'),
    ]),
    obligation(
      'worst-error',
      String.raw`|1 - x| \le 1 - m \text{ on } [m, M] \supset B, \text{ attained at } m \in B`,
      [below(distance(one, bandTop), worst, 'p(m) - 1 < 1 - m'), below(distance(one, top), worst, 'M - 1 < 1 - m')],
    ),
  ] as const;
}

function thresholds({ c1, c2, inner, bottom, top, thresholds: s }: MuonConstants) {
  const m = s[0] ?? bottom;
  const edges = preimages(c1, c1, 4);
  const topEdge = edges[4] ?? c1;
  const returned = s.map((x, k) => orbitOf(x, k).at(-1) ?? x);
  return [
    obligation('climbing', String.raw`p(x) > x \text{ on } (0, x_*)`, [
      counted(muonShift, 0, inner.lo, 0, 'x'),
      [muonShift[1]?.sign() === 1, `p'(0) - 1 = ${muonShift[1]}`],
    ]),
    obligation(
      'thresholds',
      String.raw`p^k(s_k) = m, \ 0 < s_k < s_{k-1}, \ s_1 < c_1: \ p([s_k, M]) = [s_{k-1}, M], \text{ so } p^k([s, 1]) \subset [m, M] \iff s \ge s_k`,
      [
        below(s[1] ?? m, c1, 's_1 < c_1'),
        below(c1, m, 'c_1 < s_0 = m'),
        below(m, point(evaluate(muonMap, Rational.ONE)), 'm < p(1)'),
        below(point(Rational.ONE), top, '1 < M'),
        ...s.slice(1).map((x, k): Finding => below(x, s[k] ?? m, `s_${k + 1} < s_${k}`)),
        ...returned.map(
          (x, k): Finding => [
            x.lo.atMost(m.hi) && m.lo.atMost(x.hi),
            `p^${k}(s_${k}) = m within 2^-${-Math.ceil(Math.log2(x.hi.minus(x.lo).upperDouble() + Number.MIN_VALUE))}`,
          ],
        ),
      ],
    ),
    obligation(
      'band-thresholds',
      String.raw`p^k([s, 1]) \subset B \iff s \ge s_{k-1}: \text{ below, } p^{k-1} \text{ takes values just under } m, \text{ where } p > p(m)`,
      [below(c1, m, 'p falls strictly on [c_1, c_2], which contains m: c_1 < m'), below(m, c2, 'm < c_2')],
    ),
    obligation('top-attained', String.raw`M \in p^5([s, 1]) \iff s \le p^{-4}(c_1) \text{ on the rising branch}`, [
      below(topEdge, s[4] ?? m, 'p^{-4}(c_1) < s_4'),
      below(s[5] ?? m, topEdge, 's_5 < p^{-4}(c_1)'),
      [evaluate(muonMap, topEdge.lo).sign() > 0, `p^{-4}(c_1) = ${shown(topEdge)}`],
    ]),
  ] as const;
}

/** Everything that the statement says about Muon's map, for all starting values. */
export function muonCertificate(): Certificate {
  const constants = muonConstants();
  return {
    obligations: [
      ...shape(constants),
      ...bands(constants),
      ...thresholds(constants),
      ...fiveSteps(constants),
      ...dynamics(constants),
      decimals(constants),
    ],
  };
}
