import { defineClaim } from '../../claim/define.ts';
import { enclosing, exactly } from '../../claim/enclosure.ts';
import { isFactored } from '../../instances/spectra.ts';
import { add, around, square, squareRoot } from '../../kernels/exact/interval.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { matrixDifference, rationalMatrix } from '../../kernels/exact/rational-matrix.ts';
import { newtonSchulzOperation } from '../../operations/newton-schulz.ts';
import { distance, enclosed, largest, point } from './parts/bracket.ts';
import type { Observed } from './parts/iteration.ts';
import { imagesOf } from './parts/muon-images.ts';
import { MUON, muonConstants } from './parts/muon-map.ts';
import { alignedValues, squaredMisalignment, squaredPolarDistance } from './parts/observed.ts';
import { scaledBound } from './parts/scaled-bounds.ts';
import { scaledControls } from './parts/scaled-controls.ts';
import { scaledFamilies } from './parts/scaled-families.ts';
import {
  bfloat16Bound,
  bfloat16Run,
  runs,
  type ScaledInstance,
  type ScaledRuns,
  scaledValues,
} from './parts/scaled-run.ts';

/**
 * Muon's step with its normalisation X_0 = G / (||G||_F + epsilon): what it does to scale, rank, shape and the polar factor.
 *
 * The singular values start at sigma_i / (||G||_F + epsilon) <= 1, so a large or well-spread spectrum ends in the band and a
 * gradient far below epsilon vanishes: it is multiplied by at most 3.4445^k / epsilon. A singular value below s_k counts for up to
 * 1 in the squared distance to the polar factor, any other for at most (1 - m)². Both are attained: by a 1 × 1 gradient whose scale
 * epsilon sends to a preimage of c2, and by gradients much smaller than epsilon. The null space stays null in exact
 * arithmetic; bfloat16 fills it with rounding noise, which the iteration amplifies up to 3.4445-fold a step.
 */

const spectrum = ({ matrix }: ScaledInstance) => matrix.spectrum.map((s) => Rational.from(s));
const squaredNorm = (instance: ScaledInstance) => Rational.sum(spectrum(instance).map((s) => s.times(s)));
const squaredLargest = (instance: ScaledInstance) => Rational.max(Rational.ZERO, ...spectrum(instance)).power(2);
const rank = (instance: ScaledInstance) => spectrum(instance).filter((s) => s.sign() > 0).length;
const ends = ({ matrix }: ScaledInstance, observed: Observed) => alignedValues(observed, matrix);

/** (||A - B||_F ± the two radii)². */
function squaredDistance(A: Observed, B: Observed) {
  const difference = matrixDifference(rationalMatrix(A.rows), rationalMatrix(B.rows));
  const squared = Rational.sum(difference.flat().map((x) => x.times(x)));
  const radius = add(around(A.radius), around(B.radius)).hi;
  const { lo, hi } = add(squareRoot(around(squared)), { lo: -radius, hi: radius });
  return enclosing(square({ lo: Math.max(lo, 0), hi }));
}

export default defineClaim<ScaledInstance, ScaledRuns>({
  id: 'muon-ns5-normalisation-and-degenerate',
  statement: String.raw`Let $X_0 = G / (\|G\|_F + \varepsilon)$, $\varepsilon > 0$ (or $X_0 = G$ if $\|G\|_F \le 1$, with $1$ for the denominator), $X_{j+1} = p(X_j)$ with $p(x) = 3.4445 x - 4.7750 x^3 + 2.0315 x^5$, $k \le 5$, and $m$, $s_k$ as in
the theorem on the band. Then $\sigma_{\max}(G) \le \|G\|_F \le \sqrt r\,\sigma_{\max}(G)$, with $x_i = \sigma_i / (\|G\|_F + \varepsilon)$ the result is $U p^k(x) V^T$, so that $0 \mapsto 0$, the rank
is kept and $G^T \mapsto X_k^T$; $\|X_k\|_{op} \le 3.4445^k \|G\|_{op} / (\|G\|_F + \varepsilon)$, which vanishes with the scale of $G$; and
$\|X_k - \mathrm{polar}(G)\|_F^2 \le (1 - m)^2 \#\{i : x_i \ge s_k\} + \#\{i : 0 < x_i < s_k\}$. In bfloat16 the result is within its error bound of $X_k$.`,
  source: {
    paper: 'Newton-Schulz and Muon (Jordan 2024; Higham)',
    locus: 'Newton-Schulz 5, normalisation by the Frobenius norm plus 1e-7',
    printed: 'corrected',
    erratum:
      'Read as an orthogonalisation of the gradient whatever its scale, the step is none: the 1e-7 in the denominator sends gradients far below it to 0. The distance to the polar factor and what bfloat16 adds are derived here.',
  },
  assumptions: [
    { id: 'well-formed', text: 'G = U S V^T with orthonormal U, V', holds: ({ matrix }) => isFactored(matrix) },
    { id: 'damped', text: 'epsilon > 0', holds: ({ epsilon }) => Rational.from(epsilon).sign() > 0 },
    {
      id: 'normalised-before',
      text: '||G||_F <= 1 where X_0 = G',
      holds: (instance) => instance.normalisation === 'frobenius' || squaredNorm(instance).atMost(Rational.ONE),
    },
    {
      id: 'steps',
      text: '1 to 5 steps',
      holds: ({ steps }) => Number.isInteger(steps) && steps >= 1 && steps <= 5,
    },
  ],
  families: scaledFamilies,
  operations: [newtonSchulzOperation],
  observe: runs,
  relation: 'at-most',
  measure: ({ matrix }, { run }) => squaredPolarDistance(run, matrix),
  bound: scaledBound,
  proof: [
    {
      id: 'norm-above',
      text: String.raw`\sigma_{\max}^2 \le \|G\|_F^2`,
      lhs: (instance) => exactly(squaredLargest(instance)),
      rhs: (instance) => exactly(squaredNorm(instance)),
    },
    {
      id: 'norm-below',
      text: String.raw`\|G\|_F^2 \le r \sigma_{\max}^2`,
      lhs: (instance) => exactly(squaredNorm(instance)),
      rhs: (instance) => exactly(squaredLargest(instance).times(Rational.of(rank(instance)))),
    },
    {
      id: 'transposed',
      text: String.raw`\|X_k(G^T)^T - X_k(G)\|_F^2 \le 0`,
      lhs: (_, { run, ofTransposed }) => squaredDistance(run, ofTransposed),
      rhs: () => exactly(0),
    },
    {
      id: 'singular-vectors',
      text: String.raw`\|X_k - U \mathrm{diag}(U^T X_k V) V^T\|_F^2 \le 0`,
      lhs: ({ matrix }, { run }) => squaredMisalignment(run, matrix),
      rhs: () => exactly(0),
    },
    {
      id: 'images',
      text: String.raw`|\sigma_i(X_k) - p^k(x_i)| \le 0, \text{ so that zeros stay zero}`,
      lhs: (instance, { run }) =>
        enclosed(
          largest(
            scaledValues(instance).map((start, i) =>
              distance(ends(instance, run)[i] ?? start, imagesOf(start, instance.steps)),
            ),
          ),
        ),
      rhs: () => exactly(0),
    },
    {
      id: 'vanishes',
      text: String.raw`\sigma_i(X_k) \le 3.4445^k \max_i x_i`,
      lhs: (instance, { run }) => enclosed(largest(ends(instance, run))),
      rhs: (instance) => {
        const factor = Rational.from(MUON[0]).power(instance.steps);
        const { lo, hi } = largest(scaledValues(instance));
        return enclosed({ lo: lo.times(factor), hi: hi.times(factor) });
      },
    },
    {
      id: 'never-far',
      text: String.raw`|1 - \sigma_i(X_k)| \le 1 \text{ for } x_i > 0, \text{ since } 0 < p^k(x_i) \le M < 2`,
      lhs: (instance, { run }) =>
        enclosed(
          largest(
            ends(instance, run)
              .filter((_, i) => spectrum(instance)[i]?.sign() === 1)
              .map((end) => distance(end, point(Rational.ONE))),
          ),
        ),
      rhs: () => exactly(Rational.max(Rational.ONE, muonConstants().top.hi.minus(Rational.ONE))),
    },
    {
      id: 'bfloat16',
      text: String.raw`\|X_k^{\mathrm{bf16}} - X_k\|_F^2 \le \text{the square of its error bound}`,
      lhs: (instance, { run }) => squaredDistance({ rows: bfloat16Run(instance), radius: 0 }, run),
      rhs: (instance) => enclosing(square(around(bfloat16Bound(instance)))),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.9999, family: 'scale-at-a-preimage-of-c2' },
  controls: scaledControls,
});
