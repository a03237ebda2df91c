import type { MuonHyperparameters } from '../../methods/muon.ts';
import { muonScale } from '../../methods/muon-scale.ts';
import { DECAY_FLAWS } from '../parts/decay-flaws.ts';
import type { Flaw } from '../parts/flaw.ts';
import { keepAndMove } from '../parts/moves.ts';
import { DECAYING } from './muon-witnesses.ts';

/** What decay gone wrong does to Muon, where that differs from what it does to Adam. */
const TOLD: Readonly<Record<string, Partial<Pick<Flaw<MuonHyperparameters>, 'where' | 'effect'>>>> = {
  'decay-coupled': {
    where: 'weight_decay of torch.optim.SGD, on whose momentum Muon is built',
    effect: 'Orthogonalises the decay together with the gradient, so that its size is lost.',
  },
  'decay-without-learning-rate': {
    where: 'p.mul_(1 - group["weight_decay"]): fernand/sentence-jepa, muon.py; arXiv:1711.05101, Algorithm 2',
  },
  'decay-ignored': { where: 'tinygrad/tinygrad#17709, where a test passed because the decay was below its tolerance' },
};

/** Decay that is not W *= 1 - eta lambda before the step. */
export const MUON_DECAY_FLAWS: readonly Flaw<MuonHyperparameters>[] = [
  ...DECAY_FLAWS.map((flaw) => ({ ...flaw, ...TOLD[flaw.slug], witness: DECAYING })),
  {
    slug: 'decay-scaled',
    kind: 'bug',
    name: 'scales the weight decay like the update: W *= 1 - eta s lambda',
    where: 'one adjusted learning rate for both, where torch.optim.Muon keeps lr for the decay',
    effect: 'Decays tall layers more than others.',
    witness: DECAYING,
    change: {
      move: (numbers, h, scene) => {
        const { rows, columns } = scene.gradient;
        const rate = numbers.multiply(numbers.of(h.learningRate), muonScale(numbers, h.scale, rows, columns));
        const kept = numbers.subtract(numbers.of(1), numbers.multiply(rate, numbers.of(h.weightDecay)));
        return keepAndMove(numbers, kept, h, scene);
      },
    },
  },
];
