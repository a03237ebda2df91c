import fc from 'fast-check';
import type { Control } from '../../../claim/claim.ts';
import { exactly } from '../../../claim/enclosure.ts';
import { tampered } from '../../../claim/tamper.ts';
import { gridded, turned } from '../../../instances/spectra.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { newtonSchulzOperation } from '../../../operations/newton-schulz.ts';
import { distance, enclosed, largest, point } from './bracket.ts';
import { asking, transposing } from './broken-subjects.ts';
import { type IterationInstance, type Observed, startingValues } from './iteration.ts';
import { GRID, least, scalars } from './muon-families.ts';
import { MUON, muonConstants } from './muon-map.ts';
import { passages, startingFrom, worstError } from './muon-observed.ts';

type C = Control<IterationInstance, Observed>;

/** (1 - m) / 2^times. */
function halved(times: number) {
  const { lo, hi } = distance(point(Rational.ONE), muonConstants().bottom);
  const factor = Rational.of(1, 2).power(times);
  return { lo: lo.times(factor), hi: hi.times(factor) };
}

/** The last three are broken subjects. */
export const muonControls: readonly [C, C, ...C[]] = [
  {
    id: 'band-0.69-1.13',
    mutation: 'sharpened-constant',
    belief: 'The singular values end in [0.69, 1.13]',
    witness: scalars('7199/65536', 3),
    mutate: (claim) => ({ ...claim, proof: [], bound: () => exactly('31/100') }),
  },
  {
    id: 'converges-to-polar',
    mutation: 'as-printed',
    belief: 'Orthonormalisation: with more steps X approaches U V^T',
    witness: scalars('1', 5),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      // converging, however slowly: half the band's radius after two steps, a quarter after three
      bound: ({ steps }) => enclosed(halved(steps - 1)),
    }),
  },
  {
    id: 'five-steps-from-one-thousandth',
    mutation: 'sharpened-constant',
    belief: 'Five steps bring every singular value of at least 1/1000 into [0.68, 1.2]',
    witness: scalars('1/1000', 5),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      measure: (instance, observed) =>
        enclosed(worstError(startingFrom(passages(instance, observed), Rational.of(1, 1000)))),
    }),
  },
  {
    id: 'basin-sqrt-7/3',
    mutation: 'dropped-assumption',
    belief: 'Like the classical quintic it may start from up to sqrt(7/3)',
    drops: 'normalised',
    witness: scalars('6319/5000', 5),
    mutate: (claim) => ({
      ...claim,
      assumptions: claim.assumptions.filter(({ id }) => id !== 'normalised'),
      families: [
        {
          id: 'up to sqrt(7/3)',
          role: 'generic',
          arbitrary: fc
            .tuple(gridded(least(1), 391 / GRID, GRID), fc.integer({ min: 1, max: 3 }))
            .map(([x, k]) => scalars(x, k)),
        },
      ],
      tightness: { ...claim.tightness, family: 'up to sqrt(7/3)' },
    }),
  },
  {
    id: 'attracting-fixed-point',
    mutation: 'sharpened-constant',
    belief: 'The fixed point 0.868... attracts',
    witness: scalars('9/10', 1),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      measure: (instance, observed) =>
        enclosed(largest(passages(instance, observed).map(({ end }) => distance(end, muonConstants().inner)))),
      bound: (instance) =>
        enclosed(largest(startingValues(instance).map((start) => distance(start, muonConstants().inner)))),
    }),
  },
  {
    id: 'transposed',
    mutation: 'broken-subject',
    belief: 'The answer may be transposed',
    witness: { matrix: turned(['1/2', '3/4']), normalisation: 'none', steps: 1 },
    mutate: (claim) => tampered(claim, newtonSchulzOperation, transposing),
  },
  {
    id: 'unscaled',
    mutation: 'broken-subject',
    belief: 'The input need not be normalised',
    witness: { matrix: turned(['3', '4']), normalisation: 'frobenius', steps: 2 },
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
    belief: 'The coefficients may be rounded to 3.445, -4.775, 2.0315',
    witness: scalars('1/2', 1),
    mutate: (claim) =>
      tampered(
        claim,
        newtonSchulzOperation,
        asking((input) => ({ ...input, coefficients: [['689/200', MUON[1], MUON[2]]] })),
      ),
  },
];
