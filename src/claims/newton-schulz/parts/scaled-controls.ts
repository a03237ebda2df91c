import type { Control, Family } from '../../../claim/claim.ts';
import { type Enclosure, exactly } from '../../../claim/enclosure.ts';
import { tampered } from '../../../claim/tamper.ts';
import { degenerate, type Factored, factored, gridded, scalar, turned } from '../../../instances/spectra.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import { QUINTIC_JORDAN } from '../../../kernels/matrix/coefficient-sets.ts';
import { UNIT_ROUNDOFF } from '../../../kernels/unit-roundoff.ts';
import { newtonSchulzOperation } from '../../../operations/newton-schulz.ts';
import { distance, enclosed, largest } from './bracket.ts';
import type { Observed } from './iteration.ts';
import { imagesOf } from './muon-images.ts';
import { alignedValues, computedSpectrum } from './observed.ts';
import { everywhere } from './scaled-bounds.ts';
import { scaled, shrunk } from './scaled-families.ts';
import { bfloat16Run, type ScaledInstance, type ScaledRuns, scaledValues } from './scaled-run.ts';

type C = Control<ScaledInstance, ScaledRuns>;

interface Asked {
  readonly matrix: readonly (readonly Numeric[])[];
  readonly steps: number;
}

/** The subject divides by something else than the Frobenius norm; 0/0 is 0. */
const dividingBy = (size: (entries: readonly number[]) => number) => (input: Asked) => {
  const rows = input.matrix.map((row) => row.map((x) => Rational.from(x).toNumber()));
  const divisor = size(rows.flat());
  return newtonSchulzOperation.reference({
    matrix: rows.map((row) => row.map((x) => (divisor === 0 ? x : x / divisor))),
    coefficients: QUINTIC_JORDAN,
    steps: input.steps,
    normalisation: 'none',
  });
};

/** The largest distance of a singular value from the image of where it would start with this epsilon. */
function farthest(instance: ScaledInstance, observed: Observed, epsilon: string): Enclosure {
  const ends = alignedValues(observed, instance.matrix);
  return enclosed(
    largest(
      scaledValues({ ...instance, epsilon }).map((start, i) =>
        distance(imagesOf(start, instance.steps), ends[i] ?? start),
      ),
    ),
  );
}

/** 25 u v^T with entries 9, 12, 12, 16: 25/16 times the largest entry. */
const RANK_ONE: Factored = { left: [['3/5'], ['4/5']], spectrum: ['25'], right: [['3/5'], ['4/5']] };

const RANK_ONES: Family<ScaledInstance> = {
  id: 'rank-one',
  role: 'adversarial',
  instances: [1, 2, 3].map((steps) => scaled(RANK_ONE, steps)),
};

export const scaledControls: readonly [C, C, ...C[]] = [
  {
    id: 'scale-invariant',
    mutation: 'as-printed',
    belief: 'Normalisation makes the step independent of the scale of the gradient',
    witness: scaled(shrunk(turned(['1', '2']), 66), 5),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      measure: (instance, { run }) => farthest(instance, run, '0'),
      // far less than any singular value in the band
      bound: () => exactly('1/2'),
    }),
  },
  {
    id: 'band-from-any-spectrum',
    mutation: 'sharpened-constant',
    belief: 'The distance to the polar factor is at most 0.3182 sqrt(r) for every spectrum',
    witness: scaled(turned(['1', '1/1000']), 5),
    mutate: (claim) => ({ ...claim, proof: [], bound: everywhere }),
  },
  {
    id: 'largest-entry',
    mutation: 'broken-subject',
    belief: 'Dividing by the largest entry is normalisation enough',
    witness: scaled(RANK_ONE, 3),
    mutate: (claim) =>
      tampered(
        { ...claim, proof: [], families: [RANK_ONES], tightness: { ...claim.tightness, family: 'rank-one' } },
        newtonSchulzOperation,
        dividingBy((entries) => Math.max(...entries.map(Math.abs))),
      ),
  },
  {
    id: 'generous-norm',
    mutation: 'broken-subject',
    belief: 'There is room above 1: the norm may be underestimated by the factor 1.27',
    witness: scaled(scalar('3'), 5),
    mutate: (claim) =>
      tampered(
        { ...claim, proof: [] },
        newtonSchulzOperation,
        dividingBy((entries) => Math.hypot(...entries) / 1.27),
      ),
  },
  {
    id: 'bfloat16-keeps-the-rank',
    mutation: 'broken-subject',
    belief: 'In bfloat16 a null space stays null up to the rounding of the format',
    witness: scaled(turned(['1', '0', '0']), 5),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      measure: (instance) => {
        const rank = instance.matrix.spectrum.filter((s) => Rational.from(s).sign() > 0).length;
        const spurious = computedSpectrum({ rows: bfloat16Run(instance), radius: 0 })[rank];
        return spurious === undefined ? exactly(0) : enclosed(spurious);
      },
      bound: () => exactly(UNIT_ROUNDOFF.bfloat16),
      families: [
        {
          id: 'degenerate',
          role: 'extremal',
          arbitrary: factored(degenerate(gridded(1 / 4, 4, 4)), 2).map((matrix) => scaled(matrix, 5)),
        },
      ],
      tightness: { ...claim.tightness, family: 'degenerate' },
    }),
  },
  {
    id: 'bfloat16-rounds-once',
    mutation: 'broken-subject',
    belief: 'In bfloat16 the singular values are right to the precision of the format',
    witness: scaled(turned(['1', '1']), 5),
    mutate: (claim) => ({
      ...claim,
      proof: [],
      measure: (instance) => farthest(instance, { rows: bfloat16Run(instance), radius: 0 }, instance.epsilon),
      bound: () => exactly(UNIT_ROUNDOFF.bfloat16),
    }),
  },
];
