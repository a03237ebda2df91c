import type { OptimiserMistake } from '../mistake.ts';
import type { Parts } from './assembly.ts';
import type { Flaw } from './flaw.ts';
import { type Decaying, keepAndMove, keptShare, moveAlone, moveAndKeep, plusMultiple } from './moves.ts';

type Witness = OptimiserMistake['witness'];

/**
 * A small gradient beside a large parameter: decay turns the sign of the one that it is added to. In the second step the
 * first entry turns, against an average that does not.
 */
export const DECAYING: Witness = {
  parameters: [[[1, -2]]],
  hyperparameters: { learningRate: 0.5, weightDecay: 0.25, beta1: 0.5, beta2: 0.75 },
  gradients: [[[[1, 0.25]]], [[[-0.125, 0.5]]]],
};

/** Decay that is not W *= 1 - eta lambda before the step, for any method that has it. */
export const DECAY_FLAWS: readonly Flaw<Decaying>[] = [
  {
    slug: 'decay-coupled',
    kind: 'convention',
    name: 'adds lambda W to the gradient (L2 regularisation) in place of decaying the parameters',
    where: 'torch.optim.Adam(weight_decay); bitsandbytes-foundation/bitsandbytes#1992 (Lion)',
    effect: 'Lets the averages and the sign or root see the decay, so that large gradients decay least.',
    witness: DECAYING,
    change: {
      see: (numbers, { weightDecay }, { parameters }, gradient) =>
        plusMultiple(numbers, gradient, numbers.of(weightDecay), parameters),
      move: moveAlone,
    },
  },
  {
    slug: 'decay-after-step',
    kind: 'convention',
    name: 'decays the parameters after the step, not before it',
    where: 'bitsandbytes-foundation/bitsandbytes#2010',
    effect: 'Shrinks every step by 1 - eta lambda as well.',
    witness: DECAYING,
    change: { move: (numbers, h, scene) => moveAndKeep(numbers, keptShare(numbers, h), h, scene) },
  },
  {
    slug: 'decay-without-learning-rate',
    kind: 'convention',
    name: 'multiplies the parameters by 1 - lambda, without the learning rate',
    where: 'tensorflow/addons#2282; arXiv:1711.05101, Algorithm 2, whose schedule multiplier is not the learning rate',
    effect: 'Decays 1 / eta times too fast: a thousand times with eta = 1e-3.',
    witness: DECAYING,
    change: {
      move: (numbers, h, scene) =>
        keepAndMove(numbers, numbers.subtract(numbers.of(1), numbers.of(h.weightDecay)), h, scene),
    },
  },
  {
    slug: 'decay-ignored',
    kind: 'bug',
    name: 'ignores the weight decay',
    where: 'nntrainer/nntrainer#3527 (an AdamW that was Adam)',
    effect: 'Lets the parameters grow unchecked.',
    witness: DECAYING,
    change: { move: moveAlone },
  },
  {
    slug: 'decay-grows',
    kind: 'bug',
    name: 'multiplies the parameters by 1 + eta lambda',
    where: 'the sign that the first comment of egg-west/AdamW-pytorch#1 proposes and the second one corrects',
    effect: 'Drives the parameters away from 0.',
    witness: DECAYING,
    change: {
      move: (numbers, h, scene) =>
        keepAndMove(numbers, keptShare(numbers, { ...h, weightDecay: -h.weightDecay }), h, scene),
    },
  },
];

/** Decay that goes through what a method makes of its direction. */
export const decayShaped = <S>(shape: Parts<S>['shape'], witness: Witness): Flaw<S & Decaying> => ({
  slug: 'decay-shaped',
  kind: 'bug',
  name: 'adds lambda W to the direction before that is masked or scaled',
  where: 'the chain of optax.adamw, whose add_decayed_weights comes before whatever is chained after it',
  effect: 'Masks or amplifies the decay too, and lets it decide which entries are chosen.',
  witness,
  change: {
    shape: (numbers, h, scene) => {
      const decayed = plusMultiple(numbers, scene.direction, numbers.of(h.weightDecay), scene.state.parameters);
      return shape(numbers, h, { ...scene, direction: decayed });
    },
    move: moveAlone,
  },
});
