import fc from 'fast-check';
import { type Answer, ask, type Call } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { enclosing, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import {
  degenerate,
  type Factored,
  factored,
  gridded,
  isFactored,
  matrixOf,
  scalar,
  spread,
} from '../../instances/spectra.ts';
import { add, around, maximum } from '../../kernels/exact/interval.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { matrixDifference, matrixToStrings, rationalMatrix } from '../../kernels/exact/rational-matrix.ts';
import { normEnclosure, toInterval } from '../../kernels/matrix/norm-enclosure.ts';
import { inverseRootOperation } from '../../operations/inverse-root.ts';
import { lmoOperation } from '../../operations/lmo.ts';
import { polarOperation } from '../../operations/polar.ts';
import { type Answered, askPolar, productWithin, squaredNorm, squaredNormWithin } from './parts/answered.ts';
import { dampedDeviation, dampedSquares, gramFactor, gramOf } from './parts/gram-factor.ts';
import { composed, type Reflection, rankOf, reflected, someReflections, spectrumOf } from './parts/matrices.ts';

/**
 * The polar factor attains the nuclear norm over the spectral ball, is the Gram matrix to the power -1/2 times G, and jumps where
 * the rank drops.
 *
 * With damping each singular direction is shrunk to s / sqrt(s² + damping), so the factor is never orthogonal then. As a
 * singular value passes 0 its singular pair changes sign: two matrices as near as one likes have factors 2 apart.
 */

interface Instance {
  readonly matrix: Factored;
  /** In [-1, 1]: the competitor is U diag(contraction) V^T, reflected on its longer side. */
  readonly contraction: readonly string[];
  readonly reflections: readonly Reflection[];
  readonly damping: string;
}

interface Observed {
  readonly factor: Answered;
  readonly minimiser: Answered;
  /** (G G^T + damping)^(-1/2) G. */
  readonly gram: Answered;
  /** The factor of G with the sign of its least positive singular value changed. */
  readonly flipped: Answered;
}

const NOTHING = exactly(0);
const given = ({ matrix }: Instance) => rationalMatrix(matrixOf(matrix));
const competitor = ({ matrix, contraction, reflections }: Instance) =>
  reflected(
    composed(
      matrix,
      contraction.map((d) => Rational.from(d)),
    ),
    reflections,
  );
const nuclear = ({ matrix }: Instance) => Rational.sum(spectrumOf(matrix));

/** G with the sign of the least positive singular value changed, and that value. */
function beyondTheDrop({ matrix }: Instance) {
  const values = spectrumOf(matrix);
  const positive = values.filter((s) => s.sign() > 0);
  const least = positive.reduce((a, b) => Rational.min(a, b), positive[0] ?? Rational.ZERO);
  const at = values.findIndex((s) => s.equals(least));
  return {
    least,
    rows: composed(
      matrix,
      values.map((s, i) => (i === at ? s.negated() : s)),
    ),
  };
}

function* observe(instance: Instance): Generator<Call, Observed, Answer<unknown>> {
  const matrix = matrixOf(instance.matrix);
  const factor = yield* askPolar(matrix);
  const oracle = yield* ask(lmoOperation, { matrix, norm: 'spectral', radius: 1 });
  const root = yield* ask(inverseRootOperation, {
    matrix: matrixToStrings(gramOf(instance.matrix)),
    root: 2,
    damping: instance.damping,
  });
  const flipped = yield* askPolar(matrixToStrings(beyondTheDrop(instance).rows));
  return {
    factor,
    minimiser: { matrix: rationalMatrix(oracle.output.matrix), radius: oracle.errorBound },
    gram: gramFactor(instance.matrix, { matrix: rationalMatrix(root.output.matrix), radius: root.errorBound }),
    flipped,
  };
}

const jump = (_: Instance, { factor, flipped }: Observed) =>
  squaredNormWithin(matrixDifference(factor.matrix, flipped.matrix), factor.radius + flipped.radius);

const instances = (matrix: fc.Arbitrary<Factored>, damping: fc.Arbitrary<string>): fc.Arbitrary<Instance> =>
  fc.record({
    matrix,
    contraction: fc.array(gridded(-1, 1, 4), { minLength: 3, maxLength: 3 }),
    reflections: someReflections,
    damping,
  });

const DAMPING = gridded(1 / 4, 4, 4);
const identity: Factored = {
  left: [
    ['1', '0'],
    ['0', '1'],
  ],
  spectrum: ['1', '1'],
  right: [
    ['1', '0'],
    ['0', '1'],
  ],
};
const witness = (matrix: Factored, damping: string): Instance => ({
  matrix,
  contraction: matrix.spectrum.map(() => '1'),
  reflections: [],
  damping,
});

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
  controls: [
    {
      id: 'operator-norm',
      mutation: 'sharpened-constant',
      belief: 'The maximum over the spectral ball is the spectral norm',
      witness: witness(identity, '0'),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: ({ matrix }) => exactly(Rational.max(Rational.ZERO, ...spectrumOf(matrix))),
      }),
    },
    {
      id: 'continuous',
      mutation: 'sharpened-constant',
      belief: 'Near a matrix of lower rank the factor changes little',
      witness: witness({ ...identity, spectrum: ['1', `1/${2 ** 20}`] }, '1'),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        relation: 'at-most',
        // Hölder of exponent 1/2: ||P - P'||_F² <= ||G - G'||_F = 2t
        measure: jump,
        bound: (instance) => exactly(beyondTheDrop(instance).least.times(Rational.of(2))),
      }),
    },
    {
      id: 'damping-leaves-it-orthogonal',
      mutation: 'sharpened-constant',
      belief: 'Damping leaves the factor orthogonal',
      witness: witness(scalar('1'), '1'),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: (_, { gram }) => squaredNormWithin(gram.matrix, gram.radius),
        bound: ({ matrix }) => exactly(rankOf(matrix)),
      }),
    },
    {
      id: 'damped-outside-the-root',
      mutation: 'broken-subject',
      belief: 'The root may be damped after it is taken: (V + e)^(-1/2) is 1/(V^(1/2) + e)',
      witness: witness(scalar('1'), '1'),
      mutate: (claim) => tampered(claim, inverseRootOperation, dampedOutside),
    },
    {
      id: 'frobenius-normalised',
      mutation: 'broken-subject',
      belief: 'Dividing by the Frobenius norm is as good as orthogonalising',
      witness: witness(identity, '0'),
      mutate: (claim) => tampered({ ...claim, proof: [] }, polarOperation, frobeniusNormalised),
    },
  ],
});

type Fractions = { readonly matrix: readonly (readonly string[])[] };

/** 1 / (sqrt v + e) on 1×1 matrices; others are left as they are. */
function dampedOutside({ matrix, damping }: Fractions & { readonly damping: string }, output: unknown): unknown {
  const [[only = '0', ...more] = []] = matrix;
  const root = Rational.from(only).squareRoot();
  return more.length > 0 || root === undefined
    ? output
    : { matrix: [[Rational.ONE.dividedBy(root.plus(Rational.from(damping))).toString()]] };
}

function frobeniusNormalised({ matrix }: Fractions): Fractions {
  const G = rationalMatrix(matrix);
  const [norm] = squaredNorm(G).squareRootBounds(60);
  return norm.sign() === 0
    ? { matrix }
    : { matrix: matrixToStrings(G.map((row) => row.map((x) => x.dividedBy(norm)))) };
}
