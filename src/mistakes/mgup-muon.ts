import { mapped, zipped } from '../kernels/numbers/grid.ts';
import { heavyBall } from '../methods/heavy-ball.ts';
import type { MgupMuonHyperparameters } from '../methods/mgup-muon.ts';
import { muonScale } from '../methods/muon-scale.ts';
import { orthogonalised } from '../methods/orthogonalised.ts';
import { mgupMuonOperation } from '../operations/mgup-muon.ts';
import type { Mistake, OptimiserMistake } from './mistake.ts';
import { ascent } from './parts/ascent-flaw.ts';
import type { Parts } from './parts/assembly.ts';
import { DECAY_FLAWS, DECAYING, decayShaped } from './parts/decay-flaws.ts';
import { type Flaw, mistakesOfParts } from './parts/flaw.ts';
import { CHOICE_FLAWS } from './parts/mgup-choice-flaws.ts';
import { COUNT_FLAWS } from './parts/mgup-count-flaws.ts';
import { FACTOR_FLAWS } from './parts/mgup-factor-flaws.ts';
import { type ChoiceFlaw, choiceFlaws } from './parts/mgup-flaws.ts';
import { type MgupPieces, mgupRule } from './parts/mgup-rule.ts';
import { RANKED } from './parts/mgup-witnesses.ts';
import { plusMultiple } from './parts/moves.ts';
import { muonRule } from './parts/muon-rule.ts';
import { UNSHAPED } from './parts/unshaped.ts';
import { STEP_WITH_DECAY } from './parts/whole-step.ts';
import { witness } from './parts/witness.ts';

type Witness = OptimiserMistake['witness'];

/** The scores B G of the momentum, which is remembered as the mean. */
const SCORES: Partial<MgupPieces> = {
  scores: (numbers, { memory, gradient }) => zipped(memory.mean, gradient, numbers.multiply),
};

const shape = mgupRule(SCORES);

/** MGUP-Muon in parts. */
export const MGUP_MUON_PARTS: Parts<MgupMuonHyperparameters> = { ...STEP_WITH_DECAY, direct: muonRule(), shape };

const HYPERPARAMETERS = { learningRate: 0.5, momentum: 0.5 };

/** Two rows, so that the orthogonalised direction is no multiple of the momentum; three of four entries are chosen. */
const ORTHOGONALISED = witness(
  { ...HYPERPARAMETERS, tau: 0.75 },
  [
    [1, -2],
    [3, 0.5],
  ],
  [
    [-8, -2],
    [-3, 1],
  ],
  [
    [3, 4],
    [-1, -0.5],
  ],
  [
    [3, 0.5],
    [8, 1],
  ],
);

/** The witness of another method with what Muon takes in place of two betas; a row alone would not do for a ranking. */
const ofMuon = (given: Witness): Witness => {
  if (given === RANKED) return ORTHOGONALISED;
  const { beta1: _, beta2: __, ...others } = given.hyperparameters as Record<string, unknown>;
  return { ...given, hyperparameters: { ...others, ...HYPERPARAMETERS } };
};

const SCORE_FLAWS: readonly ChoiceFlaw[] = [
  {
    slug: 'score-orthogonalised',
    kind: 'bug',
    name: 'ranks O G of the orthogonalised direction in place of B G',
    where: 'the score u g of MGUP-AdamW with Muon’s direction for u',
    effect: 'Ranks by a direction whose entries mix those of its rows and columns.',
    witness: RANKED,
    pieces: { scores: (numbers, { direction, gradient }) => zipped(direction, gradient, numbers.multiply) },
  },
];

const FLAWS: readonly Flaw<MgupMuonHyperparameters>[] = [
  ...choiceFlaws(SCORES, [...FACTOR_FLAWS, ...COUNT_FLAWS, ...CHOICE_FLAWS, ...SCORE_FLAWS]),
  {
    slug: 'score-nesterov',
    kind: 'convention',
    name: 'ranks N G of what Nesterov’s form follows, N = G + mu B, in place of B G',
    where: 'github.com/MaeChd/MGUP, the code of MGUP_Muon; arXiv:2606.17526 has B G',
    effect: 'Lets the squared gradient decide where momentum and gradient are of one size.',
    witness: RANKED,
    change: {
      shape: (numbers, h, scene) => {
        const scores: MgupPieces['scores'] = (system, { memory, gradient }) =>
          zipped(plusMultiple(system, gradient, system.of(h.momentum), memory.mean), gradient, system.multiply);
        return mgupRule({ scores })(numbers, h, scene);
      },
    },
  },
  {
    slug: 'scaled-before-orthogonalising',
    kind: 'bug',
    name: 'scales the momentum before it is orthogonalised, not the orthogonalised direction',
    where: 'kyleliang919/C-Optim#11, which moves the mask of C-Muon there',
    effect: 'Loses most of the factors in the orthogonalisation.',
    witness: RANKED,
    change: {
      direct: (numbers, h, state, gradient) => {
        const { buffer, followed } = heavyBall(numbers, h, state.memory.mean, gradient);
        const memory = { ...state.memory, mean: buffer };
        const { direction: scaled } = shape(numbers, h, { state, gradient, direction: followed, memory });
        const s = muonScale(numbers, h.scale, gradient.rows, gradient.columns);
        return { direction: mapped(orthogonalised(numbers, h, scaled), (x) => numbers.multiply(s, x)), memory };
      },
      shape: UNSHAPED.shape,
    },
  },
  ...DECAY_FLAWS,
  decayShaped(shape, DECAYING),
  ascent(RANKED),
];

export const MGUP_MUON_MISTAKES: readonly Mistake[] = mistakesOfParts(
  mgupMuonOperation,
  MGUP_MUON_PARTS,
  FLAWS.map((flaw) => ({ ...flaw, witness: ofMuon(flaw.witness) })),
);
