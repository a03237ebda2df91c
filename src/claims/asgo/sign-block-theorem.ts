import { type Answer, ask, type Call } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { add, around, type Interval, multiply, square, squareRoot } from '../../kernels/exact/interval.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import {
  identityOf,
  matrixDifference,
  matrixToStrings,
  productOf,
  type RationalMatrix,
  rationalMatrix,
} from '../../kernels/exact/rational-matrix.ts';
import { normEnclosure, toInterval } from '../../kernels/matrix/norm-enclosure.ts';
import { inverseRootOperation } from '../../operations/inverse-root.ts';
import { coupled, dilated, MAPS, scalarIterate, signIterate } from './parts/coupled.ts';
import { signControls } from './parts/sign-controls.ts';
import { blocks, diagonalised, drawn, functionOf, isWellFormed, type SignInstance } from './parts/sign-instance.ts';

/**
 * The inverse square root through the matrix sign of a block matrix, without ever forming it.
 *
 * An odd polynomial keeps [[0, Y], [Z, 0]] in its form, and on V = R², started from (V, I), Z is V^(-1/2) p^k(R): the error of
 * every eigenvalue is that of the scalar map at its square root. Both Newton–Schulz maps rise on [0, 1], so the least
 * eigenvalue decides, and the bound is attained by every V whose least root is the one that the bound is told. Ten cubic steps
 * are far from enough at condition 10^4, where x = 1/100 has gained a factor of at most 1.5 a step.
 */

interface Observed {
  /** V^(-1/2). */
  readonly inverse: RationalMatrix;
  readonly radius: number;
}

const { ONE } = Rational;
const square2 = (A: RationalMatrix) => Rational.sum(A.flat().map((x) => x.times(x)));
const V = (instance: SignInstance) => functionOf(instance, (x) => x.times(x));

function* observe(instance: SignInstance): Generator<Call, Observed, Answer<unknown>> {
  const { output, errorBound } = yield* ask(inverseRootOperation, {
    matrix: matrixToStrings(V(instance)),
    root: 2,
    damping: 0,
  });
  return { inverse: rationalMatrix(output.matrix), radius: errorBound };
}

/** ||A||_op ± radius. */
function spectral(A: RationalMatrix, radius = 0): Interval {
  const { lo, hi } = add(toInterval(normEnclosure('spectral', A)), { lo: -radius, hi: radius });
  return { lo: Math.max(lo, 0), hi };
}

const iterate = (instance: SignInstance) =>
  coupled(V(instance), identityOf(instance.roots.length), MAPS[instance.map], instance.steps);

/** 1 - p^k(least). */
const lacking = ({ least, map, steps }: SignInstance) =>
  ONE.minus(scalarIterate(Rational.from(least), MAPS[map], steps));

/** The Frobenius norm of A times the radius: what A W moves by when W does. */
const carried = (A: RationalMatrix, radius: number): number =>
  multiply(squareRoot(around(square2(A))), around(radius)).hi;

function frobenius(A: RationalMatrix, radius: number): Enclosure {
  const { lo, hi } = add(squareRoot(around(square2(A))), { lo: -radius, hi: radius });
  return enclosing(square({ lo: Math.max(lo, 0), hi }));
}

export default defineClaim<SignInstance, Observed>({
  id: 'sign-block-theorem',
  statement: String.raw`If $B A$ has no eigenvalue on $(-\infty, 0]$, then $\mathrm{sign}\begin{pmatrix} 0 & A \\ B & 0 \end{pmatrix} = \begin{pmatrix} 0 & C \\ C^{-1} & 0 \end{pmatrix}$ with
$C = A (B A)^{-1/2}$. The iteration $X \leftarrow a X + b X^3 + c X^5$ keeps the form $\begin{pmatrix} 0 & Y \\ Z & 0 \end{pmatrix}$ and equals $Y \leftarrow Y H$, $Z \leftarrow H Z$ with
$H = a I + b Z Y + c (Z Y)^2$. From $Y = V$, $Z = I$ with the spectrum of $V^{1/2}$ in $[\ell, 1]$, $\ell > 0$, the cubic $(3x - x^3)/2$ and the quintic
$(15x - 10x^3 + 3x^5)/8$ give after $k$ steps $\|Z_k - V^{-1/2}\|_{op} \le (1 - p^k(\ell)) / \ell$ and $\|Y_k - V^{1/2}\|_{op} \le 1 - p^k(\ell)$, the first with equality if
$\ell$ is the least root; $Z_k$ stays below $V^{-1/2}$.`,
  source: {
    paper: 'ASGO (An et al. 2025)',
    locus:
      'replies to the reviews, ten Newton-Schulz steps for the inverse root; Higham, Functions of Matrices, Theorem 5.2',
    arxiv: '2503.20762',
    printed: 'corrected',
    erratum:
      'The block formula holds. As we read the reply, ten Newton-Schulz steps compute the inverse root: with the cubic map they leave more than a third of it at condition number 10^4, with the coefficients of Muon they never converge, and with epsilon = 0 on a singular matrix Z grows without bound.',
  },
  assumptions: [
    { id: 'well-formed', text: 'V^(1/2) = Q diag(x) Q^T with orthonormal Q', holds: isWellFormed },
    {
      id: 'spectrum',
      text: 'x_i in [l, 1]',
      holds: ({ roots, least }) =>
        roots.every((x) => Rational.from(least).atMost(Rational.from(x)) && Rational.from(x).atMost(ONE)),
    },
    { id: 'definite', text: 'l > 0', holds: ({ least }) => Rational.from(least).sign() > 0 },
  ],
  families: [
    { id: 'spectrum-inside', role: 'generic', arbitrary: drawn('least-is-below') },
    { id: 'least-attained', role: 'extremal', arbitrary: drawn('least-is-attained') },
    {
      id: 'ill-conditioned',
      role: 'extremal',
      instances: [10, 100, 1000].flatMap((q) =>
        (['cubic', 'quintic'] as const).map((map) => diagonalised([`1/${q}`, '3/4'], map, 3)),
      ),
    },
  ],
  operations: [inverseRootOperation],
  observe,
  relation: 'at-most',
  measure: (instance, { inverse, radius }) =>
    enclosing(spectral(matrixDifference(iterate(instance).lower, inverse), radius)),
  bound: (instance) => exactly(lacking(instance).dividedBy(Rational.from(instance.least))),
  proof: [
    {
      id: 'block-form',
      text: String.raw`\|X_k - \begin{pmatrix} 0 & Y_k \\ Z_k & 0 \end{pmatrix}\|_F^2 \le 0 \text{ for } A = C R, B = R C^{-1}`,
      lhs: (instance) => {
        const { A, B } = blocks(instance);
        const [map, steps] = [MAPS[instance.map], Math.min(instance.steps, 2)];
        const doubled = signIterate(dilated({ upper: A, lower: B }), map, steps);
        return exactly(square2(matrixDifference(doubled, dilated(coupled(A, B, map, steps)))));
      },
      rhs: () => exactly(0),
    },
    {
      id: 'square-root-of-one',
      text: String.raw`\|S^2 - I\|_F^2 + \|S N - N S\|_F^2 \le 0, \text{ and } S N = \mathrm{diag}(C R C^{-1}, R) \text{ has the spectrum of } R > 0`,
      lhs: (instance) => {
        const { A, B, C, inverse } = blocks(instance);
        const [S, N] = [dilated({ upper: C, lower: inverse }), dilated({ upper: A, lower: B })];
        return exactly(
          square2(matrixDifference(productOf(S, S), identityOf(S.length))).plus(
            square2(matrixDifference(productOf(S, N), productOf(N, S))),
          ),
        );
      },
      rhs: () => exactly(0),
    },
    {
      id: 'theorem',
      text: String.raw`\|A (B A)^{-1/2} - C\|_F^2 \le 0`,
      lhs: (instance, { inverse, radius }) => {
        const { A, C } = blocks(instance);
        return frobenius(matrixDifference(productOf(A, inverse), C), carried(A, radius));
      },
      rhs: () => exactly(0),
    },
    {
      id: 'root',
      text: String.raw`\|Y_k - V^{1/2}\|_{op} \le 1 - p^k(\ell)`,
      lhs: (instance) =>
        enclosing(
          spectral(
            matrixDifference(
              iterate(instance).upper,
              functionOf(instance, (x) => x),
            ),
          ),
        ),
      rhs: (instance) => exactly(lacking(instance)),
    },
    {
      id: 'from-below',
      text: String.raw`\|Z_k\|_{op} \le \|V^{-1/2}\|_{op}`,
      lhs: (instance) => enclosing(spectral(iterate(instance).lower)),
      rhs: (_, { inverse, radius }) => enclosing(spectral(inverse, radius)),
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.999, family: 'least-attained' },
  controls: signControls,
});
