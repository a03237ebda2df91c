import fc from 'fast-check';
import type { Control } from '../../../claim/claim.ts';
import { tampered } from '../../../claim/tamper.ts';
import { gridded, turned } from '../../../instances/spectra.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { newtonSchulzOperation } from '../../../operations/newton-schulz.ts';
import { asking, transposing } from './broken-subjects.ts';
import { type Observed, startingValues } from './iteration.ts';
import { aboveOne, isFirstStep, iteratedBound, oneStepBound, type PadeInstance } from './pade-bounds.ts';
import { GRID, most, scalars } from './pade-families.ts';
import { errorSum } from './spectral-error.ts';

type C = Control<PadeInstance, Observed>;

/** The last three are broken subjects. */
export const padeControls: readonly [C, C, ...C[]] = [
  {
    id: 'quintic-basin-sqrt-3',
    mutation: 'dropped-assumption',
    belief: 'The quintic converges from (0, sqrt 3), as the cubic does',
    drops: 'basin',
    witness: scalars(5, '8/5', 2),
    mutate: (claim) => ({
      ...claim,
      assumptions: claim.assumptions.filter(({ id }) => id !== 'basin'),
      families: [
        {
          id: 'up to sqrt 3',
          role: 'generic',
          arbitrary: fc
            .tuple(gridded(0, most(3), GRID), fc.integer({ min: 1, max: 3 }))
            .map(([x, steps]) => scalars(5, x, steps)),
        },
      ],
      proof: [],
      // converging means at least this
      bound: (instance) => errorSum(startingValues(instance), Rational.ONE, 1),
      tightness: { ...claim.tightness, family: 'up to sqrt 3' },
    }),
  },
  {
    id: 'cubic-order-3',
    mutation: 'sharpened-constant',
    belief: 'The cubic has order 3',
    witness: scalars(3, '9/10', 1),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      bound: (instance) => errorSum(startingValues(instance), Rational.ONE, 3 ** instance.steps),
    }),
  },
  {
    id: 'cubic-constant-0.7',
    mutation: 'sharpened-constant',
    belief: 'A step of the cubic takes the error e to at most 0.7 e^2',
    witness: scalars(3, '1/100', 1),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      bound: (instance) =>
        instance.degree === 3 && isFirstStep(instance)
          ? oneStepBound(instance, Rational.of(7, 10))
          : iteratedBound(instance),
    }),
  },
  {
    id: 'quintic-constant-0.5',
    mutation: 'sharpened-constant',
    belief: 'Above 1 a step of the quintic takes the error e to at most |e|^3/2',
    witness: scalars(5, '101/100', 1),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      bound: (instance) =>
        instance.degree === 5 && isFirstStep(instance) && aboveOne(instance)
          ? oneStepBound(instance, Rational.of(1, 2))
          : iteratedBound(instance),
    }),
  },
  {
    id: 'transposed',
    mutation: 'broken-subject',
    belief: 'The answer may be transposed',
    witness: { degree: 3, matrix: turned(['1/2', '3/4']), normalisation: 'none', steps: 1 },
    mutate: (claim) => tampered(claim, newtonSchulzOperation, transposing),
  },
  {
    id: 'unscaled',
    mutation: 'broken-subject',
    belief: 'The input need not be normalised',
    witness: { degree: 5, matrix: turned(['3', '4']), normalisation: 'frobenius', steps: 2 },
    mutate: (claim) =>
      tampered(
        claim,
        newtonSchulzOperation,
        asking((input) => input),
      ),
  },
  {
    id: 'one-coefficient-off',
    mutation: 'broken-subject',
    belief: 'The first coefficient 1.8 is as good as 15/8',
    witness: scalars(5, '1/2', 1),
    mutate: (claim) =>
      tampered(
        claim,
        newtonSchulzOperation,
        asking((input) => ({
          ...input,
          coefficients: input.coefficients.map(([a, b, c]) => [a === '15/8' ? '9/5' : a, b, c] as const),
        })),
      ),
  },
];
