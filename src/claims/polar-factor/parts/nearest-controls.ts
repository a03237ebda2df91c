import type { Control } from '../../../claim/claim.ts';
import { enclosing, exactly } from '../../../claim/enclosure.ts';
import { tampered } from '../../../claim/tamper.ts';
import { add, around, multiply, square } from '../../../kernels/exact/interval.ts';
import { identityOf, matrixDifference, productOf, transposed } from '../../../kernels/exact/rational-matrix.ts';
import { normEnclosure, toInterval } from '../../../kernels/matrix/norm-enclosure.ts';
import { polarOperation } from '../../../operations/polar.ts';
import { type Answered, gramRadius, squaredNormWithin } from './answered.ts';
import { completeFactor, spectrumOf } from './matrices.ts';
import {
  competitor,
  diagonal,
  distance,
  FLIPPED,
  given,
  grown,
  type Instance,
  lacking,
  least,
  smallest,
} from './nearest-model.ts';

type C = Control<Instance, Answered>;

export const nearestControls: readonly [C, C, ...C[]] = [
  {
    id: 'compact-factor-at-any-rank',
    mutation: 'as-printed',
    belief: 'The compact polar factor is the nearest semi-orthogonal matrix at any rank',
    witness: { matrix: diagonal(['3', '0']), reflections: [] },
    mutate: (claim) => ({
      ...claim,
      proof: [],
      relation: 'equals',
      measure: distance,
      bound: (i) => exactly(least(i)),
    }),
  },
  {
    id: 'unique-at-any-rank',
    mutation: 'sharpened-constant',
    belief: 'The nearest semi-orthogonal matrix is unique at any rank',
    witness: { matrix: diagonal(['3', '0']), reflections: FLIPPED },
    mutate: (claim) => ({
      ...claim,
      proof: [],
      // growth by the least positive singular value instead of the least
      measure: (instance) =>
        exactly(grown(instance, smallest(spectrumOf(instance.matrix).filter((s) => s.sign() > 0)))),
    }),
  },
  {
    id: 'orthonormal-columns-of-any-shape',
    mutation: 'as-printed',
    belief: 'The columns of a wide matrix can be made orthonormal',
    witness: { matrix: { left: [['1']], spectrum: ['5'], right: [['3/5'], ['4/5']] }, reflections: [] },
    mutate: (claim) => ({
      ...claim,
      proof: [],
      measure: (_, { matrix, radius }) =>
        squaredNormWithin(
          matrixDifference(productOf(transposed(matrix), matrix), identityOf(matrix[0]?.length ?? 0)),
          gramRadius(radius),
        ),
      bound: (instance) => exactly(lacking(instance)),
    }),
  },
  {
    id: 'unique-in-the-spectral-norm',
    mutation: 'sharpened-constant',
    belief: 'U V^T is the only nearest one in the spectral norm too',
    witness: { matrix: diagonal(['3', '1']), reflections: FLIPPED },
    mutate: (claim) => ({
      ...claim,
      proof: [],
      measure: (instance) => {
        const factor = completeFactor(instance.matrix);
        const [toFactor, moved] = [given(instance), competitor(instance)].map((X) =>
          square(toInterval(normEnclosure('spectral', matrixDifference(X, factor)))),
        );
        const slope = around(smallest(spectrumOf(instance.matrix)));
        return enclosing(add(toFactor ?? slope, multiply(slope, moved ?? slope)));
      },
      bound: (instance) =>
        enclosing(
          square(toInterval(normEnclosure('spectral', matrixDifference(competitor(instance), given(instance))))),
        ),
    }),
  },
  {
    id: 'ascent',
    mutation: 'broken-subject',
    belief: 'The sign of the factor does not matter',
    witness: { matrix: diagonal(['3', '1']), reflections: [] },
    mutate: (claim) =>
      tampered(claim, polarOperation, (_: never, { matrix }: { readonly matrix: readonly (readonly number[])[] }) => ({
        matrix: matrix.map((row) => row.map((x) => 0 - x)),
      })),
  },
];
