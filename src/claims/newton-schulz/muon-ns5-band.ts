import { defineClaim } from '../../claim/define.ts';
import { exactly } from '../../claim/enclosure.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { newtonSchulzOperation } from '../../operations/newton-schulz.ts';
import { distance, enclosed, largest, point } from './parts/bracket.ts';
import {
  type IterationInstance,
  isGradient,
  isWellFormed,
  iterated,
  type Observed,
  startingValues,
} from './parts/iteration.ts';
import { muonCertificate } from './parts/muon-certificate.ts';
import { muonControls } from './parts/muon-controls.ts';
import { CYCLE_ERRORS, DIGITS } from './parts/muon-digits.ts';
import { muonFamilies } from './parts/muon-families.ts';
import { imagesOf } from './parts/muon-images.ts';
import { MUON, muonConstants, threshold } from './parts/muon-map.ts';
import { largestEnd, passages, startingFrom, worstError } from './parts/muon-observed.ts';
import { squaredMisalignment } from './parts/observed.ts';

/**
 * Muon's five Newton–Schulz steps bring singular values into a band about 1, and never to 1.
 *
 * Why the constants: p(x) = 3.4445 x - 4.775 x³ + 2.0315 x⁵ rises to M = p(c1), falls to m = p(c2) and rises again, and
 * B = [m, p(m)] is mapped onto itself, so that 1 - m = 0.3181… is not only a bound but the error that some singular value has
 * after any number of steps. s_k is the k-fold preimage of m on the rising branch: what starts below it is still below m
 * after k steps. Preimages of c2 attain 1 - m, preimages of c1 attain M. Orbits end near an attracting 4-cycle that passes
 * within 10^-4 of m, so real spectra with dozens of values come close to equality.
 */

type Instance = IterationInstance;

const NOTHING = exactly(0);
const ONE = Rational.ONE;

const reached = (instance: Instance, observed: Observed) =>
  startingFrom(passages(instance, observed), threshold(instance.steps).hi);

const stillBelow = (instance: Instance, observed: Observed) =>
  passages(instance, observed).filter(({ start }) => start.hi.lessThan(threshold(instance.steps).lo));

/** 1 - m. */
const bandRadius = () => enclosed(distance(point(ONE), muonConstants().bottom));

export default defineClaim<Instance, Observed>({
  id: 'muon-ns5-band',
  statement: String.raw`Let $p(x) = 3.4445 x - 4.7750 x^3 + 2.0315 x^5$, with the critical points $0 < c_1 < 1 < c_2$, $M = p(c_1) = ${DIGITS.top}\dots$,
$m = p(c_2) = ${DIGITS.bottom}\dots$, $B = [m, p(m)]$, $p(m) = ${DIGITS.bandTop}\dots$, and $s_0 = m$, $s_k$ the preimage of $s_{k-1}$ in $(0, c_1)$. Then $p > 0$ on
$(0, \infty)$ and $p(B) = B = p([m, M])$; for $k \ge 1$ and $0 < s \le 1$, $p^k([s, 1]) \subset [m, M]$ iff $s \ge s_k$ and $p^k([s, 1]) \subset B$ iff
$s \ge s_{k-1}$; so after $k$ steps every singular value that starts in $[s_k, 1]$ satisfies $|1 - \sigma| \le 1 - m = ${DIGITS.radius}\dots$, with equality at the preimages of
$c_2$, and none exceeds $M$. $s_5 = ${DIGITS.s5}\dots$; $p^5([10^{-3}, 1]) = [${DIGITS.thousandth}\dots, M]$. Orbits from $(0, x_e]$ stay there and orbits beyond $x_e = ${DIGITS.edge}\dots$
diverge. All fixed points $0$, $x_* = ${DIGITS.inner}\dots$, $x_e$ repel and $p(1) = 0.701$, so no orbit converges to $1$; the orbit of $1$ converges to an attracting 4-cycle
with the errors ${CYCLE_ERRORS.map((x) => String.raw`$${x}\dots$`).join(', ')}`,
  source: {
    paper: 'Newton-Schulz and Muon (Jordan 2024; Higham)',
    locus: 'Newton-Schulz 5, coefficients (3.4445, -4.7750, 2.0315), five steps',
    printed: 'corrected',
    erratum: `Printed as an "orthonormalisation". Read as convergence to U V^T it is false for every number of steps: 1 is not a fixed point. What holds is a band, [m, M] = [${DIGITS.bottom}..., ${DIGITS.top}...] after five steps for singular values of at least s_5 = ${DIGITS.s5}... times the Frobenius norm, and [m, p(m)] = [${DIGITS.bottom}..., ${DIGITS.bandTop}...] from s_4 = ${DIGITS.s4}... on.`,
  },
  assumptions: [
    { id: 'well-formed', text: 'X_0 = U S V^T with orthonormal U, V', holds: isWellFormed },
    {
      id: 'normalised',
      text: 'sigma(X_0) <= 1, as after division by the Frobenius norm',
      holds: (instance) => startingValues(instance).every(({ hi }) => hi.atMost(ONE)),
    },
    {
      id: 'steps',
      text: '1 to 10 steps',
      holds: ({ steps }) => Number.isInteger(steps) && steps >= 1 && steps < muonConstants().thresholds.length,
    },
  ],
  families: muonFamilies,
  operations: [newtonSchulzOperation],
  observe: (instance) => iterated(instance, MUON),
  relation: 'at-most',
  measure: (instance, observed) => enclosed(worstError(reached(instance, observed))),
  bound: bandRadius,
  proof: [
    {
      id: 'top',
      text: String.raw`\sigma_i(X_k) \le M`,
      lhs: (instance, observed) => enclosed(largestEnd(passages(instance, observed))),
      rhs: () => enclosed(muonConstants().top),
    },
    {
      id: 'settled',
      text: String.raw`\sigma_i(X_k) \le p(m) \text{ if all } \sigma_i(X_0) \in \{0\} \cup [s_{k-1}, 1]`,
      lhs: (instance, observed) => {
        const all = passages(instance, observed).filter(({ start }) => start.hi.sign() > 0);
        const settled = startingFrom(all, threshold(instance.steps - 1).hi);
        return settled.length === all.length ? enclosed(largestEnd(all)) : NOTHING;
      },
      rhs: () => enclosed(muonConstants().bandTop),
    },
    {
      id: 'short',
      text: String.raw`\sigma_i(X_k) < m \text{ for } \sigma_i(X_0) < s_k`,
      lhs: (instance, observed) =>
        isGradient(instance.matrix) ? NOTHING : enclosed(largestEnd(stillBelow(instance, observed))),
      rhs: () => enclosed(muonConstants().bottom),
    },
    {
      id: 'singular-vectors',
      text: String.raw`\|X_k - U \mathrm{diag}(U^T X_k V) V^T\|_F^2 \le 0`,
      lhs: ({ matrix }, observed) => (isGradient(matrix) ? NOTHING : squaredMisalignment(observed, matrix)),
      rhs: () => NOTHING,
    },
    {
      id: 'images',
      text: String.raw`|\sigma_i(X_k) - p^k(\sigma_i(X_0))| \le 0`,
      lhs: (instance, observed) =>
        isGradient(instance.matrix)
          ? NOTHING
          : enclosed(
              largest(
                passages(instance, observed).map(({ start, end }) => distance(end, imagesOf(start, instance.steps))),
              ),
            ),
      rhs: () => NOTHING,
    },
  ],
  exactness: { level: 'algebraic-proof', certify: muonCertificate },
  tightness: { supremum: 1, floor: 0.9999, family: 'preimages-of-c2' },
  controls: muonControls,
});
