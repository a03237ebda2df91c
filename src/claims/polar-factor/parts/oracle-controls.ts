import type { Control } from '../../../claim/claim.ts';
import { exactly } from '../../../claim/enclosure.ts';
import { tampered } from '../../../claim/tamper.ts';
import { scalar } from '../../../instances/spectra.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { matrixToStrings, rationalMatrix } from '../../../kernels/exact/rational-matrix.ts';
import { inverseRootOperation } from '../../../operations/inverse-root.ts';
import { polarOperation } from '../../../operations/polar.ts';
import { squaredNorm, squaredNormWithin } from './answered.ts';
import { rankOf, spectrumOf } from './matrices.ts';
import { beyondTheDrop, type Instance, identity, jump, type Observed, witness } from './oracle-model.ts';

type C = Control<Instance, Observed>;

export const oracleControls: readonly [C, C, ...C[]] = [
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
];

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
