import type { OptimiserMistake } from '../mistake.ts';
import type { Parts } from '../parts/assembly.ts';
import { bySharedState } from '../parts/carried-state.ts';
import type { Flaw } from '../parts/flaw.ts';
import { MOMENTUM_FORMS, type MomentumForm } from '../parts/momentum-forms.ts';
import { byHyperparameters } from '../variants.ts';

type Witness = OptimiserMistake['witness'];

interface Momentum {
  readonly momentum: number;
  readonly nesterov: boolean;
}

/** Where they show: without Nesterov, with it, and with two parameters of one shape. */
export interface MomentumWitnesses {
  readonly plain: Witness;
  readonly nesterov: Witness;
  readonly together: Witness;
}

const flag = <H extends Momentum>(nesterov: 'always' | 'never'): Flaw<H>['runs'] & object =>
  function runs(operation) {
    return byHyperparameters<Momentum>(operation, (h) => ({ ...h, nesterov: nesterov === 'always' }));
  };

/** A momentum B = mu B + G, G + mu B with Nesterov, gone wrong; `rule` makes the direction of the method from a form of momentum. */
export const momentumFlaws = <H extends Momentum>(
  rule: (follow: MomentumForm) => Parts<H>['direct'],
  { plain, nesterov, together }: MomentumWitnesses,
): readonly Flaw<H>[] => [
  {
    slug: 'forgets-momentum',
    kind: 'bug',
    name: 'ignores the momentum',
    where: 'KellerJordan/Muon#4 (with Nesterov off); momentum left at 0, the default of torch.optim.SGD',
    effect: 'Lets each step forget all gradients before its own.',
    witness: nesterov,
    change: { direct: rule(MOMENTUM_FORMS.forgets) },
  },
  {
    slug: 'one-step-late',
    kind: 'bug',
    name: 'steps along the buffer from before the gradient entered it',
    where: 'the two lines of the update in the wrong order',
    effect: 'Stands still at first and uses each gradient one step late.',
    witness: plain,
    change: { direct: rule(MOMENTUM_FORMS.comesLate) },
  },
  {
    slug: 'dampened',
    kind: 'convention',
    name: 'dampens each gradient by 1 - mu but the first',
    where: 'torch.optim.SGD with dampening = momentum: pytorch/pytorch#152833, ml-explore/mlx#473',
    effect: 'Lets the first gradient weigh 1 / (1 - mu) times as much as all later ones.',
    witness: plain,
    change: { direct: rule(MOMENTUM_FORMS.dampens) },
  },
  {
    slug: 'averaged-under-nesterov',
    kind: 'bug',
    name: 'averages the momentum in the form of Nesterov but adds it to the whole gradient',
    where: 'dampening = momentum together with nesterov=True, a pair that torch.optim.SGD refuses',
    effect: 'Lets the momentum count 1 - mu times as much as it should beside the gradient.',
    witness: nesterov,
    change: { direct: rule(MOMENTUM_FORMS.averagesHalf) },
  },
  {
    slug: 'nesterov-always',
    kind: 'bug',
    name: 'follows G + mu B though nesterov is false',
    where: 'a flag that is not passed on; muon_update of KellerJordan/Muon, which Muon never calls with nesterov=False',
    effect: 'Lets the latest gradient count 1 + mu times.',
    witness: plain,
    runs: flag('always'),
  },
  {
    slug: 'nesterov-never',
    kind: 'bug',
    name: 'follows B though nesterov is true',
    where: 'a flag that is not passed on; G + mu B with the B from before G entered it is the new B',
    effect: 'Switches Nesterov off without a word.',
    witness: nesterov,
    runs: flag('never'),
  },
  {
    slug: 'nesterov-on-buffer',
    kind: 'bug',
    name: 'adds mu B to B, not to G, in the form of Nesterov',
    where: 'buf.add(buf, alpha=momentum) where torch.optim.SGD has grad.add(buf, alpha=momentum)',
    effect: 'Follows plain momentum, enlarged by 1 + mu.',
    witness: nesterov,
    change: { direct: rule(MOMENTUM_FORMS.addsToBuffer) },
  },
  {
    slug: 'nesterov-twice',
    kind: 'bug',
    name: 'looks ahead twice in the form of Nesterov, G + mu (G + mu B)',
    where: 'the Nesterov line of torch.optim.SGD run in a helper and once more in its caller',
    effect: 'Lets the momentum count mu times as much as it should and the gradient 1 + mu times.',
    witness: nesterov,
    change: { direct: rule(MOMENTUM_FORMS.looksAheadTwice) },
  },
  {
    slug: 'nesterov-into-average',
    kind: 'bug',
    name: 'adds mu B to the gradient before it enters an averaged buffer',
    where: 'the first version of ml-explore/mlx#87',
    effect: 'Keeps the look-ahead in the buffer for good.',
    witness: nesterov,
    change: { direct: rule(MOMENTUM_FORMS.looksAheadFirst) },
  },
  {
    slug: 'buffer-overwritten',
    kind: 'bug',
    name: 'overwrites the buffer by G + mu B in the form of Nesterov',
    where: 'buf.mul_(momentum).add_(grad) in place for the look-ahead, where the buffer has to be copied first',
    effect: 'Lets each gradient enter the buffer 1 + mu times and decay by mu^2 a step.',
    witness: nesterov,
    change: { direct: rule(MOMENTUM_FORMS.overwritesBuffer) },
  },
  {
    slug: 'first-buffer-aliased',
    kind: 'bug',
    name: 'keeps the first gradient itself as the buffer and adds mu B to it in place',
    where: 'momentum_buffer = grad, then grad.add_(buf, alpha=momentum); torch.optim.SGD clones the gradient',
    effect: 'Leaves the first gradient in the buffer 1 + mu times.',
    witness: nesterov,
    change: { direct: rule(MOMENTUM_FORMS.aliasesFirst) },
  },
  {
    slug: 'buffer-is-gradient',
    kind: 'bug',
    name: 'keeps the memory of the gradient as the buffer, so that the next gradient overwrites it',
    where: 'momentum_buffer = grad while gradients are zeroed in place; torch.optim.SGD clones the gradient',
    effect: 'Has no momentum; after the first step the gradient counts 2 mu times.',
    witness: plain,
    change: { direct: rule(MOMENTUM_FORMS.keepsGradient) },
  },
  {
    slug: 'shared-state',
    kind: 'bug',
    name: 'shares one buffer between parameters of one shape',
    where: 'a state that is keyed by shape, or made once before the loop over the parameters',
    effect: 'Lets the gradients of one layer push another.',
    witness: together,
    runs: bySharedState,
  },
];
