import { isolateRoots } from '../../../kernels/exact/isolate-roots.ts';
import { composePolynomials, polynomial, subtractPolynomials } from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { BITS, beginsWith, distance, outward, point, shown } from './bracket.ts';
import { CYCLE_ERRORS } from './muon-digits.ts';
import { multiplier, orbitOf } from './muon-images.ts';
import { MUON, type MuonConstants, muonMap } from './muon-map.ts';
import { obligation } from './obligations.ts';

const WIDTH = Rational.of(1n, 1n << BigInt(BITS));
const ONE = point(Rational.ONE);
/** The orbit of 1 has come within this of the 4-cycle after LONG steps. */
const RADIUS = Rational.of(1, 2 ** 20);
const LONG = 120;

const inside = (x: RationalInterval, y: RationalInterval): boolean => y.lo.lessThan(x.lo) && x.hi.lessThan(y.hi);
const apart = (x: RationalInterval, y: RationalInterval): boolean => x.hi.lessThan(y.lo) || y.hi.lessThan(x.lo);

/** What becomes of the orbits inside the band: a repelling 2-cycle, an attracting 4-cycle, and 1 goes to the latter. */
export function dynamics({ inner, thresholds }: MuonConstants) {
  return [twoCycle(inner), fourCycle(), asymptote(thresholds)] as const;
}

function twoCycle(inner: RationalInterval) {
  const twice = subtractPolynomials(composePolynomials(muonMap, muonMap), polynomial([0, 1]));
  const [low, ...others] = isolateRoots(twice, inner.lo.minus(Rational.of(1, 4)), inner.lo, WIDTH);
  const orbit = orbitOf(low ?? inner, 1);
  const slope = multiplier(orbit);
  return obligation(
    'repelling-2-cycle',
    String.raw`\text{one 2-cycle has a point in } (x_* - 1/4, x_*), \text{ and it repels}`,
    [
      [
        low !== undefined && others.length === 0,
        `p(p(x)) - x has one root there (Sturm): ${orbit.map(shown).join(', ')}`,
      ],
      [slope.hi.lessThan(Rational.of(-1)), `multiplier ${shown(slope)} < -1`],
    ],
  );
}

function fourCycle() {
  const path = orbitOf(ONE, LONG);
  const last = path.at(-1) ?? ONE;
  const J = { lo: last.lo.minus(RADIUS), hi: last.hi.plus(RADIUS) };
  const around = orbitOf(J, 4);
  const slope = multiplier(around.slice(0, 4));
  const [back = ONE, half = ONE] = [around[4], around[2]];
  const cycle = orbitOf(last, 3);
  return obligation(
    'attracting-4-cycle',
    String.raw`p^4 \text{ contracts an interval } J \text{ into itself, } p^2(J) \cap J = \emptyset, \text{ and the orbit of } 1 \text{ enters } J: \text{ it converges to a 4-cycle}`,
    [
      [inside(back, J), `p^4(J) in ${shown(back)} inside J = ${shown(J)}`],
      [
        slope.hi.absolute().lessThan(Rational.ONE) && slope.lo.absolute().lessThan(Rational.ONE),
        `slope of p^4 on J in ${shown(slope)}`,
      ],
      [apart(half, J), `p^2(J) in ${shown(half)}`],
      [inside(last, J), `p^${LONG}(1) in ${shown(last)}`],
      [
        cycle.every((x, k) => beginsWith(distance(x, ONE), CYCLE_ERRORS[k] ?? '')),
        `errors along the cycle ${cycle.map((x) => shown(distance(x, ONE))).join(', ')}`,
      ],
    ],
  );
}

/**
 * s_k a^k rises, since p(x) < a x on (0, s_1], to a limit C: with q = |b| s_K^2 / a every later factor a s_k / p(s_k) is at
 * most 1 / (1 - |b| s_k^2 / a), and s_(k+1) <= r s_k with r = 1 / (a (1 - q)), so that C <= s_K a^K / (1 - q r^2 / (1 - r^2)).
 */
function asymptote(s: readonly RationalInterval[]) {
  const [a, b] = [Rational.from(MUON[0]), Rational.from(MUON[1]).absolute()];
  const scaled = s.map(({ lo, hi }, k) => ({ lo: lo.times(a.power(k)), hi: hi.times(a.power(k)) }));
  const last = s.at(-1) ?? ONE;
  const from = scaled.at(-1) ?? ONE;
  const q = b.times(last.hi).times(last.hi).dividedBy(a);
  const r = Rational.ONE.dividedBy(a.times(Rational.ONE.minus(q)));
  const tail = q
    .times(r)
    .times(r)
    .dividedBy(Rational.ONE.minus(r.times(r)));
  const limit = outward({ lo: from.lo, hi: from.hi.dividedBy(Rational.ONE.minus(tail)) });
  const first = s[1] ?? ONE;
  const wrong = limit.lo.dividedBy(a);
  return obligation(
    'asymptotic-threshold',
    String.raw`s_k a^k \uparrow C; \text{ the count } \lceil \log_a (C/\sigma) \rceil \text{ is one too many on } [s_1, C/a)`,
    [
      [
        scaled.slice(2).every((x, k) => (scaled[k + 1] ?? ONE).hi.lessThan(x.lo)),
        `s_k a^k rises, k = 1..${s.length - 1}`,
      ],
      [r.lessThan(Rational.ONE) && tail.lessThan(Rational.ONE), `C in ${shown(limit)}`],
      [first.hi.lessThan(wrong), `s_1 = ${shown(first)} < C/a >= ${shown(outward(point(wrong)))}`],
    ],
  );
}
