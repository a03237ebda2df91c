import type { MuonHyperparameters } from '../../methods/muon.ts';
import { type MuonScale, muonScale } from '../../methods/muon-scale.ts';
import { ascent } from '../parts/ascent-flaw.ts';
import type { Flaw } from '../parts/flaw.ts';
import { type MuonPieces, muonRule } from '../parts/muon-rule.ts';
import { byHyperparameters } from '../variants.ts';
import { single, tallAndWide } from './muon-witnesses.ts';

const scaled = (scale: MuonPieces['scale']): Pick<Flaw<MuonHyperparameters>, 'change'> => ({
  change: { direct: muonRule({ scale }) },
});

const always = (scale: MuonScale): Pick<Flaw<MuonHyperparameters>, 'runs'> => ({
  runs: (operation) => byHyperparameters<MuonHyperparameters>(operation, (h) => ({ ...h, scale })),
});

/** The factor s of the update. */
export const MUON_SCALE_FLAWS: readonly Flaw<MuonHyperparameters>[] = [
  {
    slug: 'scale-none',
    kind: 'convention',
    name: 'does not scale the update by the shape, whatever is asked',
    where: 'optax.contrib.muon before google-deepmind/optax#1249',
    effect: 'Updates tall layers (rows/columns)^1/2 times less than the learning rate was tuned for.',
    witness: tallAndWide({ scale: 'max(1,rows/columns)^1/2' }),
    ...always('none'),
  },
  {
    slug: 'scale-of-jordan',
    kind: 'convention',
    name: 'scales the update by max(1, rows/columns)^1/2, whatever is asked',
    where: 'KellerJordan/Muon; the "original" of torch.optim.Muon',
    effect: 'Leaves wide layers unscaled.',
    witness: tallAndWide(),
    ...always('max(1,rows/columns)^1/2'),
  },
  {
    slug: 'scale-of-bernstein',
    kind: 'convention',
    name: 'scales the update by (rows/columns)^1/2, whatever is asked',
    where: 'arXiv:2409.20325 and the "spectral_norm" of microsoft/dion: the RMS to RMS operator norm',
    effect: 'Shrinks the update of wide layers too.',
    witness: tallAndWide(),
    ...always('(rows/columns)^1/2'),
  },
  {
    slug: 'scale-of-moonlight',
    kind: 'convention',
    name: 'scales the update by 0.2 max(rows, columns)^1/2, whatever is asked',
    where: 'MoonshotAI/Moonlight (arXiv:2502.16982); the "match_rms_adamw" of torch.optim.Muon',
    effect: 'Updates with the root mean square of AdamW, so that learning rates of the two must not be mixed up.',
    witness: tallAndWide(),
    ...always('0.2 max(rows,columns)^1/2'),
  },
  {
    slug: 'scale-swapped',
    kind: 'bug',
    name: 'swaps rows and columns in the scale: it takes the weight for inputs × outputs',
    where: 'google-deepmind/optax#1249, where that is the layout of flax, on weights in the layout of torch',
    effect: 'Enlarges the update of wide layers in place of tall ones.',
    witness: tallAndWide({ scale: 'max(1,rows/columns)^1/2' }),
    ...scaled((numbers, h, { rows, columns }) => muonScale(numbers, h.scale, columns, rows)),
  },
  {
    slug: 'scale-without-root',
    kind: 'bug',
    name: 'leaves out the square root of the scale',
    where: 'max(1, rows / columns) without the ** 0.5 of KellerJordan/Muon',
    effect: 'Updates tall layers (rows/columns)^1/2 times too much.',
    witness: tallAndWide({ scale: 'max(1,rows/columns)^1/2' }),
    ...scaled((numbers, h, { rows, columns }) => {
      const s = muonScale(numbers, h.scale, rows, columns);
      if (h.scale !== '0.2 max(rows,columns)^1/2') return numbers.multiply(s, s);
      return numbers.multiply(numbers.of(0.2), numbers.of(Math.max(rows, columns)));
    }),
  },
  {
    slug: 'learning-rate-dampened',
    kind: 'bug',
    name: 'multiplies the update by 1 - mu',
    where: 'the factor between averaged and summed momentum in SGD, which orthogonalisation has removed here',
    effect: 'Steps a twentieth as far with mu = 0.95.',
    witness: single(),
    ...scaled((numbers, h, { rows, columns }) => {
      const rest = numbers.subtract(numbers.of(1), numbers.of(h.momentum));
      return numbers.multiply(rest, muonScale(numbers, h.scale, rows, columns));
    }),
  },
  ascent(single()),
];
