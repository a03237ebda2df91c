import fc from 'fast-check';
import { defineClaim } from '../../claim/define.ts';
import { enclosing, exactly } from '../../claim/enclosure.ts';
import { degenerate, factored, gridded, isFactored, spread } from '../../instances/spectra.ts';
import { add, around, maximum } from '../../kernels/exact/interval.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { normEnclosure, toInterval } from '../../kernels/matrix/norm-enclosure.ts';
import { inverseRootOperation } from '../../operations/inverse-root.ts';
import { lmoOperation } from '../../operations/lmo.ts';
import { polarOperation } from '../../operations/polar.ts';
import { productWithin, squaredNormWithin } from './parts/answered.ts';
import { dampedDeviation, dampedSquares } from './parts/gram-factor.ts';
import { rankOf } from './parts/matrices.ts';
import { oracleControls } from './parts/oracle-controls.ts';
import {
  competitor,
  DAMPING,
  given,
  type Instance,
  identity,
  instances,
  jump,
  NOTHING,
  nuclear,
  type Observed,
  observe,
  witness,
} from './parts/oracle-model.ts';

/**
 * The polar factor attains the nuclear norm over the spectral ball, is the Gram matrix to the power -1/2 times G, and jumps where
 * the rank drops.
 *
 * With damping each singular direction is shrunk to s / sqrt(s² + damping), so the factor is never orthogonal then. As a
 * singular value passes 0 its singular pair changes sign: two matrices as near as one likes have factors 2 apart.
 */

export default defineClaim<Instance, Observed>({
  id: 'polar-lmo-and-gram-formula',
  statement: String.raw`For $G = U S V^T$ with compact polar factor $P = U_r V_r^T$: $\max_{\|X\|_{op} \le 1} \langle G, X \rangle = \|G\|_* = \langle G, P \rangle$, so the
linear minimisation oracle of the spectral ball is $-P$; for $\varepsilon > 0$, $(G G^T + \varepsilon I)^{-1/2} G = U \mathrm{diag}(s / \sqrt{s^2 + \varepsilon}) V^T$, and
$P$ for $\varepsilon = 0$ and $r = m$ (with $G (G^T G + \varepsilon I)^{-1/2}$ for tall $G$); and where the sign of one positive singular value $t$ is changed, a step of $2t$
however small, $P$ moves by exactly $2$: the factor is discontinuous where the rank drops.`,
  source: {
    paper: 'Orthogonalised gradients (Tuddenham et al. 2022; Higham)',
    locus: 'Muon and Scion as steepest descent in the spectral norm; Higham, Functions of Matrices, chapter 8',
    printed: 'holds',
    erratum:
      'As printed for full rank. The inverse square root of G G^T does not exist at rank deficiency; the pseudo-inverse does, and damping never gives an orthogonal factor.',
  },
  assumptions: [
    {
      id: 'well-formed',
      text: 'G = U S V^T with orthonormal U, V and S >= 0',
      holds: ({ matrix }) => isFactored(matrix),
    },
    {
      id: 'contraction',
      text: '||X||_op <= 1',
      holds: ({ contraction }) => contraction.every((d) => Rational.from(d).absolute().atMost(Rational.ONE)),
    },
    {
      id: 'invertible',
      text: 'epsilon > 0, or epsilon = 0 and G of full rank',
      holds: ({ matrix, damping }) =>
        Rational.from(damping).sign() > 0 || (damping === '0' && rankOf(matrix) === matrix.spectrum.length),
    },
  ],
  families: [
    {
      id: 'full-rank',
      role: 'generic',
      arbitrary: instances(factored(spread(gridded(1 / 8, 4, 16))), fc.constant('0')),
    },
    { id: 'damped', role: 'generic', arbitrary: instances(factored(spread(gridded(1 / 8, 4, 16))), DAMPING) },
    { id: 'degenerate', role: 'degenerate', arbitrary: instances(factored(degenerate(gridded(1 / 4, 4, 4))), DAMPING) },
    {
      id: 'before-the-drop',
      role: 'adversarial',
      instances: [4, 8, 16, 24].map((bits) => witness({ ...identity, spectrum: ['1', `1/${2 ** bits}`] }, '1')),
    },
  ],
  operations: [polarOperation, lmoOperation, inverseRootOperation],
  observe,
  relation: 'equals',
  measure: (instance, { factor }) => productWithin(given(instance), factor),
  bound: (instance) => exactly(nuclear(instance)),
  proof: [
    {
      id: 'maximal',
      text: String.raw`\langle G, X \rangle \le \langle G, P \rangle`,
      lhs: (instance) => {
        const [G, X] = [given(instance), competitor(instance)];
        return exactly(Rational.sum(G.flatMap((row, i) => row.map((x, j) => x.times(X[i]?.[j] ?? Rational.ZERO)))));
      },
      rhs: (instance, { factor }) => productWithin(given(instance), factor),
    },
    {
      id: 'feasible',
      text: String.raw`\|P\|_{op} \le 1`,
      lhs: (_, { factor }) => {
        const spread = { lo: -factor.radius, hi: factor.radius };
        return enclosing(maximum(add(toInterval(normEnclosure('spectral', factor.matrix)), spread), around(0)));
      },
      rhs: () => exactly(1),
    },
    {
      id: 'oracle',
      text: String.raw`\langle G, \mathrm{lmo}(G) \rangle \le -\|G\|_*`,
      lhs: (instance, { minimiser }) => productWithin(given(instance), minimiser),
      rhs: (instance) => exactly(nuclear(instance).negated()),
    },
    {
      id: 'gram-values',
      text: String.raw`\sum_i |(U^T X V)_{ii} - s_i / \sqrt{s_i^2 + \varepsilon}| \le 0 \text{ for } X = (G G^T + \varepsilon I)^{-1/2} G`,
      lhs: ({ matrix, damping }, { gram }) => enclosing(dampedDeviation(matrix, damping, gram)),
      rhs: () => NOTHING,
    },
    {
      id: 'gram-rest',
      text: String.raw`\|X\|_F^2 \le \sum_i s_i^2 / (s_i^2 + \varepsilon), \text{ so that nothing is off the diagonal}`,
      lhs: (_, { gram }) => squaredNormWithin(gram.matrix, gram.radius),
      rhs: ({ matrix, damping }) => exactly(dampedSquares(matrix, damping)),
    },
    {
      id: 'jump',
      text: String.raw`4 \le \|P - P'\|_F^2 \text{ across the change of a sign}`,
      lhs: ({ matrix }) => exactly(rankOf(matrix) === 0 ? 0 : 4),
      rhs: jump,
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.999, family: 'full-rank' },
  controls: oracleControls,
});
