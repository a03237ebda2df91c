import { observeNothing } from '../../../claim/ask.ts';
import type { Claim, Control } from '../../../claim/claim.ts';
import { type Enclosure, enclosing, exactly } from '../../../claim/enclosure.ts';
import { tampered } from '../../../claim/tamper.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import {
  identityOf,
  matrixDifference,
  type RationalMatrix,
  rationalMatrix,
} from '../../../kernels/exact/rational-matrix.ts';
import { CUBIC } from '../../../kernels/matrix/coefficient-sets.ts';
import { coupledNewtonSchulz } from '../../../kernels/matrix/coupled-newton-schulz.ts';
import { fromRows, identity, type Matrix, map, subtract, toRows } from '../../../kernels/matrix/matrix.ts';
import { multiply } from '../../../kernels/matrix/multiply.ts';
import { normEnclosure, toInterval } from '../../../kernels/matrix/norm-enclosure.ts';
import { inverseRootOperation } from '../../../operations/inverse-root.ts';
import { coupled, dilated, MAPS, signIterate, wronglyOrdered } from './coupled.ts';
import { blocks, diagonalised, functionOf, type SignInstance } from './sign-instance.ts';

interface Observed {
  readonly inverse: RationalMatrix;
  readonly radius: number;
}
type C = Control<SignInstance, Observed>;
type M = Claim<SignInstance, Observed>;

const spectral = (A: RationalMatrix): Enclosure => enclosing(toInterval(normEnclosure('spectral', A)));
const square = (instance: SignInstance) => functionOf(instance, (x) => x.times(x));
const inverseOf = (instance: SignInstance) =>
  functionOf(instance, (x) => (x.sign() === 0 ? x : Rational.ONE.dividedBy(x)));

/** Only these instances, of which one is the witness. */
const on = (claim: M, id: string, instances: readonly SignInstance[]): M => ({
  ...claim,
  proof: [],
  families: [{ id, role: 'adversarial', instances }],
  tightness: { ...claim.tightness, family: id },
});

/** What double precision makes of V^(-1/2): its distance to it, the largest double where it is no number. */
function roundedError(instance: SignInstance, run: (V: Matrix) => Matrix): Enclosure {
  const computed = run(fromRows(square(instance).map((row) => row.map((x) => x.toNumber()))));
  if (!computed.data.every(Number.isFinite)) return exactly(Number.MAX_VALUE);
  return spectral(matrixDifference(rationalMatrix(toRows(computed)), inverseOf(instance)));
}

/** X <- X (3I - X² V)/2 from I. */
function uncoupled(V: Matrix): Matrix {
  let X = identity(V.rows);
  for (let k = 0; k < MANY; k++) {
    const correction = subtract(
      map(identity(V.rows), (x) => 3 * x),
      multiply(multiply(X, X), V),
    );
    X = map(multiply(X, correction), (x) => x / 2);
  }
  return X;
}

/** A tenth of ||V^(-1/2)||. */
const tenth = ({ least }: SignInstance): Enclosure =>
  exactly(Rational.ONE.dividedBy(Rational.from(least).times(Rational.of(10))));

const MANY = 60;
const ILL = diagonalised(['1/100', '1'], 'cubic', MANY);
const SINGULAR: SignInstance = { ...diagonalised(['1', '0'], 'quintic', 2), least: '1' };

export const signControls: readonly [C, C, ...C[]] = [
  {
    id: 'ten-cubic-steps',
    mutation: 'as-printed',
    belief: 'Ten Newton-Schulz steps bring the inverse root within a third at condition 10^4',
    witness: diagonalised(['1/100', '1'], 'cubic', 10),
    mutate: (claim) => ({
      ...on(claim, 'condition-10^4', [diagonalised(['1/100', '1'], 'cubic', 10)]),
      // exact up to what ten well-behaved steps round
      measure: (instance) =>
        roundedError(instance, (V) => coupledNewtonSchulz(V, identity(V.rows), CUBIC, instance.steps).lower),
      bound: ({ least }) => exactly(Rational.ONE.dividedBy(Rational.from(least).times(Rational.of(3)))),
    }),
  },
  {
    id: 'coefficients-of-muon',
    mutation: 'broken-subject',
    belief: 'The coefficients of Muon serve as well',
    witness: diagonalised(['1', '1'], 'quintic', 2),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      measure: (instance) =>
        spectral(
          matrixDifference(
            coupled(square(instance), identityOf(instance.roots.length), MAPS.muon, instance.steps).lower,
            inverseOf(instance),
          ),
        ),
    }),
  },
  {
    id: 'singular',
    mutation: 'dropped-assumption',
    belief: 'With epsilon = 0 on a singular matrix Z tends to the pseudo-inverse root',
    drops: 'spectrum',
    witness: SINGULAR,
    mutate: (claim) => ({
      ...on(claim, 'rank-deficient', [SINGULAR, { ...SINGULAR, steps: 3 }]),
      assumptions: claim.assumptions.filter(({ id }) => id !== 'spectrum'),
      observe: (instance) => observeNothing({ inverse: inverseOf(instance), radius: 0 }),
    }),
  },
  {
    id: 'order-of-the-product',
    mutation: 'broken-subject',
    belief: 'Z <- Z H is the same iteration as Z <- H Z',
    witness: diagonalised(['1/2', '1'], 'cubic', 1),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      measure: (instance) => {
        const { A, B } = blocks(instance);
        const doubled = signIterate(dilated({ upper: A, lower: B }), MAPS[instance.map], 1);
        return spectral(matrixDifference(doubled, dilated(wronglyOrdered(A, B, MAPS[instance.map], 1))));
      },
      bound: () => exactly(0),
    }),
  },
  {
    id: 'uncoupled',
    mutation: 'broken-subject',
    belief: 'In floating point X(3I - X² V)/2 does as well as the coupled iteration',
    witness: ILL,
    mutate: (claim) => ({
      ...on(claim, 'ill-conditioned', [ILL]),
      measure: (instance) => roundedError(instance, uncoupled),
      bound: tenth,
    }),
  },
  {
    id: 'root-for-its-inverse',
    mutation: 'broken-subject',
    belief: 'The subject may return V^(1/2)',
    witness: diagonalised(['1/2', '1'], 'cubic', 2),
    mutate: (claim) =>
      tampered(
        claim,
        inverseRootOperation,
        ({ matrix }: { readonly matrix: readonly (readonly string[])[] }, output: { readonly matrix: unknown }) => ({
          matrix:
            matrix.length === 0 ? output.matrix : product(matrix, output.matrix as readonly (readonly number[])[]),
        }),
      ),
  },
];

/** V V^(-1/2). */
const product = (V: readonly (readonly string[])[], W: readonly (readonly number[])[]) =>
  toRows(multiply(fromRows(V.map((row) => row.map((x) => Rational.from(x).toNumber()))), fromRows(W)));
