import type { Control } from '../../../claim/claim.ts';
import { enclosing, exactly } from '../../../claim/enclosure.ts';
import { tampered } from '../../../claim/tamper.ts';
import { matrixOf, turned } from '../../../instances/spectra.ts';
import { around, divide, multiply } from '../../../kernels/exact/interval.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { polarOperation } from '../../../operations/polar.ts';
import { normWithin } from './answered.ts';
import { bar, largest, type Observed } from './conditioning-model.ts';
import { defectThroughGram } from './gram-svd.ts';
import { lifted, skewed } from './perturbed-families.ts';
import { type Perturbed as Instance, perturbationOf, squareBound } from './sensitivity.ts';

type C = Control<Instance, Observed>;

export const conditioningControls: readonly [C, C, ...C[]] = [
  {
    id: 'square-formula-for-tall',
    mutation: 'sharpened-constant',
    belief: 'The formula for square matrices serves tall ones too',
    witness: lifted(['1', '1/128'], `1/${2 ** 20}`),
    mutate: (claim) => ({ ...claim, proof: [], bound: (instance) => enclosing(squareBound(instance)) }),
  },
  {
    id: 'condition-of-the-norm',
    mutation: 'sharpened-constant',
    belief: 'The largest singular value holds the factor: condition number 1/s_1',
    witness: lifted(['1', '1/128'], `1/${2 ** 20}`),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      bound: (instance) => enclosing(divide(normWithin(perturbationOf(instance), 0), around(largest(instance)))),
    }),
  },
  {
    id: 'half-of-the-square-formula',
    mutation: 'sharpened-constant',
    belief: 'The condition number of a square matrix is 1/(s + t)',
    witness: skewed(['1/2', '1'], '1/1024'),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      bound: (instance) => enclosing(multiply(around('1/2'), claim.bound(instance))),
    }),
  },
  {
    id: 'through-the-drop',
    mutation: 'dropped-assumption',
    belief: 'The bound holds for every perturbation, also across a singular matrix',
    drops: 'small',
    witness: { matrix: turned(['1/16', '1']), perturbation: acrossTheDrop('1/16') },
    mutate: (claim) => ({
      ...claim,
      proof: [],
      assumptions: claim.assumptions.filter(({ id }) => id !== 'small'),
      families: [
        {
          id: 'across',
          role: 'adversarial',
          instances: [8, 16, 32].map((q) => ({
            matrix: turned([`1/${q}`, '1']),
            perturbation: acrossTheDrop(`1/${q}`),
          })),
        },
      ],
      tightness: { ...claim.tightness, family: 'across' },
    }),
  },
  {
    id: 'svd-by-the-gram-matrix',
    mutation: 'broken-subject',
    belief: 'The eigenvectors of A^T A give a decomposition as good',
    witness: skewed([`1/${2 ** 26}`, '1'], `1/${2 ** 40}`),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      families: [
        {
          id: 'graded',
          role: 'adversarial',
          instances: [10, 16, 20, 24, 26].map((bits) => skewed([`1/${2 ** bits}`, '1'], `1/${2 ** 40}`)),
        },
      ],
      tightness: { ...claim.tightness, family: 'graded' },
      measure: ({ matrix }) => enclosing(defectThroughGram(matrixOf(matrix))),
      bound: (instance) => exactly(bar(instance)),
    }),
  },
  {
    id: 'blunt-factor',
    mutation: 'broken-subject',
    belief: 'Ten digits of the factor are enough',
    witness: skewed(['1/2', '1'], '1/1024'),
    mutate: (claim) =>
      tampered(claim, polarOperation, (_: never, { matrix }: { readonly matrix: readonly (readonly number[])[] }) => ({
        matrix: matrix.map((row) => row.map((x) => Math.round(x * 1e10) / 1e10)),
      })),
  },
];

/** -2 s u v^T for the least singular triple of the turned matrix: the sign of s is changed. */
function acrossTheDrop(s: string): Instance['perturbation'] {
  const { left, right } = turned([s, '1']);
  const factor = Rational.of(-2).times(Rational.from(s));
  return left.map(([x = '0']) =>
    right.map(([y = '0']) => factor.times(Rational.from(x)).times(Rational.from(y)).toString()),
  );
}
