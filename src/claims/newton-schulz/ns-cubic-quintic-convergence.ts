import { defineClaim } from '../../claim/define.ts';
import { exactly } from '../../claim/enclosure.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { newtonSchulzOperation } from '../../operations/newton-schulz.ts';
import { isGradient, isWellFormed, iterated, type Observed, startingValues } from './parts/iteration.ts';
import { squaredDefect, squaredPolarDistance } from './parts/observed.ts';
import {
  aboveOne,
  isFirstStep,
  iteratedBound,
  oneStepBound,
  onUnitInterval,
  type PadeInstance,
} from './parts/pade-bounds.ts';
import { padeCertificate } from './parts/pade-certificate.ts';
import { padeControls } from './parts/pade-controls.ts';
import { padeFamilies } from './parts/pade-families.ts';
import { PADE, squaredEdge } from './parts/pade-map.ts';
import { errorSum } from './parts/spectral-error.ts';

/**
 * The classical Newton–Schulz iterations converge to the polar factor with their full order, from exactly known intervals.
 *
 * Why the constants: with e = 1 - x² a step of the cubic is e' = e² (3 + e)/4, one of the quintic e' = e³ (40 + 15 e + 9 e²)/64.
 * Both quotients rise from 3/4 and 5/8 at e = 0 to 1 at e = 1, so the error of a small singular value falls no faster than
 * |e|^((q+1)^T): the bound is attained by the singular value 0, which no step moves, and approached as sigma tends to 0. The
 * quotients of the iterated bound are squares here, since ||I - X^T X||_F² is the sum of the squared errors and exact on
 * rationals. The cubic sends sqrt 3 to 0, the quintic fixes sqrt(7/3) and diverges above it: the higher order has the smaller
 * basin, which a matrix scaled by its Frobenius norm never leaves.
 */

const { ONE } = Rational;
const NOTHING = exactly(0);

export default defineClaim<PadeInstance, Observed>({
  id: 'ns-cubic-quintic-convergence',
  statement: String.raw`Let $p_3(x) = (3x - x^3)/2$ ($q = 1$) and $p_5(x) = (15x - 10x^3 + 3x^5)/8$ ($q = 2$), applied to the singular values
of $X_{k+1} = a X_k + b X_k X_k^T X_k + c (X_k X_k^T)^2 X_k$. If all singular values of $X_0 = U S V^T$ lie in $[0, \sqrt 3]$, or $[0, \sqrt{7/3}]$ for
$p_5$, then $|1 - \sigma_i(X_T)^2| \le |1 - \sigma_i(X_0)^2|^{(q+1)^T}$, so $\|I - X_T^T X_T\|_F^2 \le \sum_i |1 - \sigma_i(X_0)^2|^{2 (q+1)^T}$, and
$X_T$ keeps the singular vectors. On $[0, 1]$ one step takes $e = 1 - x^2$ to $e'$ with $\tfrac34 e^2 \le e' \le e^2$, or $\tfrac58 e^3 \le e' \le e^3$;
above $1$, $|e'| \le \tfrac34 e^2$, or $\tfrac58 |e|^3$. The orders are exactly $2$ and $3$. On $x > 0$ the iteration with $p_3$ tends to $1$ from
$(0, \sqrt 3)$, to $0$ from $\sqrt 3$, to $1$, $-1$ or $0$ from $(\sqrt 3, \sqrt 5)$, and diverges beyond the repelling 2-cycle $\{\pm\sqrt 5\}$ of slope $-6$; with $p_5$,
which is monotone, it tends to $1$ exactly from $(0, \sqrt{7/3})$ and increases to infinity beyond the fixed point $\sqrt{7/3}$ of slope $10/3$. The map
$2x - \tfrac32 x^3 + \tfrac12 x^5$ has order $2$ only, overshoots to $\sqrt{3136/3125}$ on $[0, 1]$, and has the basin $(0, \sqrt 2)$.`,
  source: {
    paper: 'Newton-Schulz and Muon (Jordan 2024; Higham)',
    locus: 'Higham, Functions of Matrices, section 8.3; Kenney and Laub 1991, Theorem 3.1; Polar Express, section 2',
    arxiv: '2505.16932',
    printed: 'holds',
    erratum:
      'Quadratic convergence of the cubic from singular values in (0, sqrt 3) holds as printed. Carried over to the quintic, that interval is false: beyond sqrt(7/3) its iterates diverge. The constants of one step, the exact basins and what happens beyond them are derived here.',
  },
  assumptions: [
    { id: 'well-formed', text: 'X_0 = U S V^T with orthonormal U, V', holds: isWellFormed },
    {
      id: 'basin',
      text: 'sigma(X_0)^2 <= 3 for the cubic, 7/3 for the quintic',
      holds: (instance) =>
        startingValues(instance).every(({ hi }) => hi.times(hi).atMost(squaredEdge(instance.degree))),
    },
  ],
  families: padeFamilies,
  operations: [newtonSchulzOperation],
  observe: (instance) => iterated(instance, PADE[instance.degree].coefficients),
  relation: 'at-most',
  measure: (_, observed) => squaredDefect(observed),
  bound: iteratedBound,
  proof: [
    {
      id: 'polar-factor',
      text: String.raw`\|X_T - U V^T\|_F^2 \le \sum_{\sigma_i > 0} |1 - \sigma_i^2|^{2 (q+1)^T}, \text{ since } |1 - x| \le |1 - x^2| \text{ for } x \ge 0`,
      lhs: ({ matrix }, observed) => (isGradient(matrix) ? NOTHING : squaredPolarDistance(observed, matrix)),
      rhs: (instance) =>
        isGradient(instance.matrix)
          ? NOTHING
          : errorSum(
              startingValues(instance).filter(({ lo }) => lo.sign() > 0),
              ONE,
              PADE[instance.degree].order ** instance.steps,
            ),
    },
    {
      id: 'never-grows',
      text: String.raw`|1 - \sigma_i(X_T)^2| \le |1 - \sigma_i(X_0)^2|`,
      lhs: (_, observed) => squaredDefect(observed),
      rhs: (instance) => errorSum(startingValues(instance), ONE, 1),
    },
    {
      id: 'first-step-from-below',
      text: String.raw`\tfrac34 e^2 \text{ or } \tfrac58 e^3 \le e' \text{ on } [0, 1]`,
      lhs: (instance) =>
        isFirstStep(instance) && onUnitInterval(instance)
          ? oneStepBound(instance, PADE[instance.degree].least)
          : NOTHING,
      rhs: (instance, observed) =>
        isFirstStep(instance) && onUnitInterval(instance) ? squaredDefect(observed) : NOTHING,
    },
    {
      id: 'first-step-above-one',
      text: String.raw`|e'| \le \tfrac34 e^2 \text{ or } \tfrac58 |e|^3 \text{ above } 1`,
      lhs: (instance, observed) => (isFirstStep(instance) && aboveOne(instance) ? squaredDefect(observed) : NOTHING),
      rhs: (instance) =>
        isFirstStep(instance) && aboveOne(instance) ? oneStepBound(instance, PADE[instance.degree].least) : NOTHING,
    },
  ],
  exactness: {
    level: 'algebraic-proof',
    certify: () => ({ obligations: padeCertificate(PADE[3], PADE[5]) }),
  },
  tightness: { supremum: 1, floor: 0.9999, family: 'near-zero' },
  controls: padeControls,
});
