import { isolateRoots } from '../../../kernels/exact/isolate-roots.ts';
import {
  derivative,
  evaluateOnInterval,
  type Polynomial,
  polynomial,
  scalePolynomial,
  subtractPolynomials,
} from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { BITS, outward } from './bracket.ts';

/** Muon's coefficients, printed with four decimals. */
export const MUON = ['6889/2000', '-191/40', '4063/2000'] as const;

/** p(x) = a x + b x³ + c x⁵. */
export const muonMap: Polynomial = polynomial([0, MUON[0], 0, MUON[1], 0, MUON[2]]);
export const muonSlope: Polynomial = derivative(muonMap);
/** p(x) - x. */
export const muonShift: Polynomial = subtractPolynomials(muonMap, polynomial([0, 1]));

const WIDTH = Rational.of(1n, 1n << BigInt(BITS));

/** The roots > 0 of q, ascending, each enclosed to 2^-BITS. */
export const positiveRoots = (q: Polynomial): readonly RationalInterval[] =>
  isolateRoots(q, 0, Number.POSITIVE_INFINITY, WIDTH);

/** The common denominator of the coefficients, and p times it: between dyadics, integers spare every reduction. */
const DENOMINATOR = Rational.of(2000);
const integerMap = scalePolynomial(DENOMINATOR, muonMap);

/** p over a tiny interval, where Horner's rule is sharp enough: it widens some thirtyfold a step. */
export function image(x: RationalInterval): RationalInterval {
  const { lo, hi } = evaluateOnInterval(integerMap, x);
  return outward({ lo: lo.dividedBy(DENOMINATOR), hi: hi.dividedBy(DENOMINATOR) });
}

/** The only element. @throws RangeError where there is another number of them. */
function pair<T>(values: readonly T[], what: string): readonly [T, T] {
  const [first, second] = values;
  if (first === undefined || second === undefined || values.length !== 2) {
    throw new RangeError(`muonConstants: two ${what}, got ${values.length}`);
  }
  return [first, second];
}

/** The x in [0, c1] with p(x) = y, for y below p(c1): the branch on which p rises. */
function inverseBranch(y: RationalInterval, c1: RationalInterval): RationalInterval {
  const root = (value: Rational): RationalInterval => {
    const [only, ...others] = isolateRoots(subtractPolynomials(muonMap, [value]), 0, c1.lo, WIDTH);
    if (only === undefined || others.length > 0)
      throw new RangeError(`inverseBranch: a value below p(c1), got ${value}`);
    return only;
  };
  return outward({ lo: root(y.lo).lo, hi: root(y.hi).hi });
}

/** y, its preimage on the rising branch, the preimage of that, and so on: `steps` + 1 values. */
export function preimages(y: RationalInterval, c1: RationalInterval, steps: number): readonly RationalInterval[] {
  const orbit = [y];
  for (let k = 0; k < steps; k += 1) orbit.push(inverseBranch(orbit[k] ?? y, c1));
  return orbit;
}

/** Everything about Muon's map that is irrational, enclosed. */
export interface MuonConstants {
  /** The critical points: p rises on [0, c1], falls on [c1, c2] and rises again. */
  readonly c1: RationalInterval;
  readonly c2: RationalInterval;
  /** M = p(c1) and m = p(c2). */
  readonly top: RationalInterval;
  readonly bottom: RationalInterval;
  /** p(m), the upper end of the invariant band. */
  readonly bandTop: RationalInterval;
  /** The fixed points > 0: the one inside the band, and the edge of boundedness. */
  readonly inner: RationalInterval;
  readonly edge: RationalInterval;
  /** s_0 = m, s_1, …, s_10: p^k(s_k) = m on the rising branch. */
  readonly thresholds: readonly RationalInterval[];
}

const THRESHOLDS = 10;

let known: MuonConstants | undefined;

/** Computed once, when first asked for. */
export function muonConstants(): MuonConstants {
  known ??= compute();
  return known;
}

function compute(): MuonConstants {
  const [c1, c2] = pair(positiveRoots(muonSlope), 'critical points > 0');
  const [inner, edge] = pair(positiveRoots(muonShift), 'fixed points > 0');
  const [top, bottom] = [image(c1), image(c2)];
  return { c1, c2, top, bottom, bandTop: image(bottom), inner, edge, thresholds: preimages(bottom, c1, THRESHOLDS) };
}

/** s_k. @throws RangeError unless 0 <= k <= 10. */
export function threshold(k: number): RationalInterval {
  const s = muonConstants().thresholds[k];
  if (s === undefined) throw new RangeError(`threshold: 0 <= k <= ${THRESHOLDS}, got ${k}`);
  return s;
}
