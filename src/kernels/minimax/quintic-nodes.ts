import { Rational } from '../exact/rational.ts';

const [TWO, THREE, FOUR, FIVE] = [2, 3, 4, 5].map((n) => Rational.of(n)) as [Rational, Rational, Rational, Rational];
const HALF = Rational.of(1, 2);

/** Far more than quadratic convergence from the limit case ever needs (tests count at most ten for l/u down to 1e-300). */
const MOST_STEPS = 64;

/**
 * The inner equioscillation points q < r of the best odd quintic on [l, u]: G(u) = G(q) and G(r) = G(l) for
 * G' = (x² - q²)(x² - r²), by Newton's method in q = l + s h, r = l + t h, h = u - l, from s = 1/4, t = 3/4, the limit for
 * l/u -> 1.
 *
 * The integral of G' from q to u is h³ D² g(D, 2q, q + r, h, t - s) at D = 1 - s, and that from r back to l is
 * h³ D² g(D, 2r, q + r, -h, t - s) at D = t, with
 *   g(D, A, C, h, d) = A C (D/3 - d/2) + h (A + C) (D²/4 - d D/3) + h² (D³/5 - d D²/4),
 * so the zeros of g are found without any cancellation, however near l is to u. s and t have an error of about 2^-bits.
 * @throws RangeError where the iteration does not settle.
 */
export function quinticNodes(l: Rational, u: Rational, bits: number): readonly [q: Rational, r: Rational] {
  const h = u.minus(l);
  const settled = Rational.of(1n, 1n << BigInt(Math.ceil(bits / 2)));
  let [s, t] = [Rational.of(1, 4), Rational.of(3, 4)];
  for (let k = 0; k < MOST_STEPS; k += 1) {
    const [ds, dt] = newtonStep(l, h, s, t);
    s = s.plus(ds).roundedDown(bits);
    t = t.plus(dt).roundedDown(bits);
    // the error after a step is about the square of the step
    if (ds.absolute().lessThan(settled) && dt.absolute().lessThan(settled)) {
      return [l.plus(s.times(h)), l.plus(t.times(h))];
    }
  }
  throw new RangeError(`quinticNodes: nodes that settle, got none on [${l}, ${u}]`);
}

interface Slopes {
  readonly value: Rational;
  readonly D: Rational;
  readonly A: Rational;
  readonly C: Rational;
  readonly d: Rational;
}

/** g and its partial derivatives. */
function slopes(D: Rational, A: Rational, C: Rational, h: Rational, d: Rational): Slopes {
  const D2 = D.times(D);
  const first = D.dividedBy(THREE).minus(d.times(HALF));
  const second = D2.dividedBy(FOUR).minus(d.times(D).dividedBy(THREE));
  const third = D2.times(D).dividedBy(FIVE).minus(d.times(D2).dividedBy(FOUR));
  const [AC, h2] = [A.times(C), h.times(h)];
  const hAC = h.times(A.plus(C));
  return {
    value: AC.times(first).plus(hAC.times(second)).plus(h2.times(third)),
    D: AC.dividedBy(THREE)
      .plus(hAC.times(D.times(HALF).minus(d.dividedBy(THREE))))
      .plus(h2.times(THREE.times(D2).dividedBy(FIVE).minus(d.times(D).times(HALF)))),
    A: C.times(first).plus(h.times(second)),
    C: A.times(first).plus(h.times(second)),
    d: AC.times(HALF).plus(hAC.times(D).dividedBy(THREE)).plus(h2.times(D2).dividedBy(FOUR)).negated(),
  };
}

function newtonStep(l: Rational, h: Rational, s: Rational, t: Rational): readonly [Rational, Rational] {
  const [q, r] = [l.plus(s.times(h)), l.plus(t.times(h))];
  const [C, d] = [q.plus(r), t.minus(s)];
  const right = slopes(Rational.ONE.minus(s), q.times(TWO), C, h, d);
  const left = slopes(t, r.times(TWO), C, h.negated(), d);
  const h2 = h.times(TWO);
  // by the chain rule, in s and t
  const [rs, rt] = [
    right.A.times(h2).plus(right.C.times(h)).minus(right.D).minus(right.d),
    right.C.times(h).plus(right.d),
  ];
  const [ls, lt] = [left.C.times(h).minus(left.d), left.D.plus(left.A.times(h2)).plus(left.C.times(h)).plus(left.d)];
  const determinant = rs.times(lt).minus(rt.times(ls));
  return [
    rt.times(left.value).minus(lt.times(right.value)).dividedBy(determinant),
    ls.times(right.value).minus(rs.times(left.value)).dividedBy(determinant),
  ];
}
