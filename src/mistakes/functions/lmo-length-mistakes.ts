import { around, divide, type Interval, negate } from '../../kernels/exact/interval.ts';
import { fromRows, type Matrix, maxAbsolute } from '../../kernels/matrix/matrix.ts';
import { UNIT_ROUNDOFF } from '../../kernels/unit-roundoff.ts';
import type { FloatFormat } from '../../operations/operation.ts';
import { matrixByEnclosure } from '../parts/by-enclosure.ts';
import type { UnnamedFunction } from '../parts/named-functions.ts';
import { dualNormIn, minimiserIn, normIn, productIn, rootIn, scaleSquared } from '../parts/norm-in-format.ts';
import { at, given, type LmoInput } from './lmo-input.ts';

type Factor = (M: Matrix, input: LmoInput, format: FloatFormat) => Interval;

/** The minimiser times a factor; 0 for M = 0. */
const times = (factor: Factor) =>
  matrixByEnclosure<LmoInput>((input, format) => {
    const M = fromRows(input.matrix);
    const right = minimiserIn(M, input.norm, input.radius, format);
    if (maxAbsolute(M) === 0) return right;
    const by = factor(M, input, format);
    return right.map((row) => row.map((z) => productIn(z, by, format)));
  });

/** The same with a factor of which the square is known, from those of the scale on M and on its transpose. */
const timesRoot = (
  square: (own: readonly [number, number], transposed: readonly [number, number]) => readonly [number, number],
) =>
  times(({ rows, columns }, { norm }, format) =>
    rootIn(square(scaleSquared(norm, rows, columns), scaleSquared(norm, columns, rows)), format),
  );

/** The sign and the length of the minimiser. */
export const LENGTH_MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'maximiser',
    kind: 'convention',
    name: 'answers the maximiser, without the minus sign',
    where: 'arXiv:2409.20325, which writes the step as minus the dualised gradient; arXiv:2502.07529 has the minimiser',
    effect: 'Climbs the loss where the update is added.',
    witness: at('spectral'),
    ...matrixByEnclosure<LmoInput>(({ matrix, norm, radius }, format) =>
      minimiserIn(fromRows(matrix), norm, radius, format).map((row) => row.map(negate)),
    ),
  },
  {
    slug: 'radius-ignored',
    kind: 'convention',
    name: 'answers the minimiser over the unit ball, whatever the radius',
    where: 'arXiv:2502.07529, whose code multiplies by the radius outside of the oracle',
    effect: 'Ignores the radii of the layers.',
    witness: at('spectral'),
    ...given(() => ({ radius: 1 })),
  },
  {
    slug: 'scale-missing',
    kind: 'bug',
    name: 'leaves out the scale of the RMS norms',
    where: 'torch.optim.Muon by its default, whose step is that of the plain spectral ball',
    effect: 'Makes step sizes depend on the width.',
    witness: at('one-rms'),
    ...timesRoot((own) => own),
  },
  {
    slug: 'scale-inverted',
    kind: 'bug',
    name: 'multiplies by the scale of the norm; the ball shrinks by it',
    where: 'the norm of the same name, arXiv:2409.20325, where the scale multiplies',
    effect: 'Lets step sizes depend on the width twice over.',
    witness: at('one-rms'),
    ...timesRoot(([p, q]) => [p * p, q * q]),
  },
  {
    slug: 'scale-transposed',
    kind: 'bug',
    name: 'takes rows for inputs and columns for outputs in the scale of the RMS norms',
    where: 'weights of inputs × outputs, as flax has them; compare google-deepmind/optax#1249',
    effect: 'Lets step sizes depend on the width of the wrong side.',
    witness: at('rms-infinity'),
    ...timesRoot(([p, q], [r, s]) => [p * s, q * r]),
  },
  {
    slug: 'steepest-descent',
    kind: 'convention',
    name: 'multiplies the minimiser by the dual norm of the gradient (the sharp operator)',
    where: 'steepest descent, arXiv:2409.20325, Proposition 1; the oracle of arXiv:2502.07529 forgets the size',
    effect: 'Takes steps that grow with the gradient.',
    witness: at('spectral'),
    ...times((M, { norm }, format) => dualNormIn(M, norm, format)),
  },
  {
    slug: 'divided-by-own-norm',
    kind: 'bug',
    name: 'answers -radius M / N(M), the gradient scaled to the ball',
    where: 'spectral normalisation, torch.nn.utils.parametrizations.spectral_norm, for the spectral ball',
    effect: 'Follows the gradient: the norm has no say in the direction.',
    witness: at('spectral'),
    ...matrixByEnclosure<LmoInput>(({ matrix, norm, radius }, format) => {
      const M = fromRows(matrix);
      if (maxAbsolute(M) === 0) return matrix.map((row) => row.map(() => around(0)));
      const u = UNIT_ROUNDOFF[format];
      const length = divide(around(-radius, u * radius), normIn(M, norm, format));
      return matrix.map((row) => row.map((m) => productIn(around(m, u * Math.abs(m)), length, format)));
    }),
  },
];
