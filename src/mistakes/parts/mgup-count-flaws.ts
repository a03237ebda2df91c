import { byConcatenation } from './concatenated.ts';
import type { Flaw } from './flaw.ts';
import type { ChoiceFlaw } from './mgup-flaws.ts';
import { share } from './mgup-rule.ts';
import { sized } from './mgup-witnesses.ts';

/** K = floor(tau d). */
export const COUNT_FLAWS: readonly ChoiceFlaw[] = [
  {
    slug: 'count-rounded-up',
    kind: 'convention',
    name: 'chooses K = ceil(tau d) entries, not floor(tau d)',
    where: 'math.ceil(ratio * numel), which chooses at least the asked share',
    effect: 'Amplifies the only entry of a scalar parameter, which floor damps.',
    witness: sized(5, 1),
    pieces: { count: (numbers, { tau }, entries) => numbers.of(Math.ceil(tau * entries)) },
  },
  {
    slug: 'count-rounded',
    kind: 'convention',
    name: 'chooses K = tau d rounded to nearest, not floor(tau d)',
    where: 'round(ratio * numel) of Python; torch.nn.utils.prune rounds an amount in this way',
    effect: 'Amplifies one entry more wherever tau d is at least halfway to the next integer.',
    witness: sized(3, 3, 1),
    pieces: { count: (numbers, { tau }, entries) => numbers.add(share(numbers, tau, entries), numbers.of(0.5)) },
  },
  {
    slug: 'count-at-least-one',
    kind: 'convention',
    name: 'chooses at least one entry, where floor(tau d) is 0',
    where: 'max(1, int(ratio * numel)), the usual guard of torch.topk',
    effect: 'Multiplies the steps of scalar parameters by 1 / tau^2.',
    witness: sized(1, 5),
    pieces: { count: (numbers, { tau }, entries) => numbers.maximum(share(numbers, tau, entries), numbers.of(1)) },
  },
  {
    slug: 'count-of-the-others',
    kind: 'bug',
    name: 'amplifies the share 1 - tau and damps the share tau',
    where: 'a quantile: torch.quantile(scores, tau) has the share 1 - tau above it',
    effect: 'Amplifies most entries where tau is small.',
    witness: sized(8),
    pieces: {
      count: (numbers, { tau }, entries) => numbers.subtract(numbers.of(entries), share(numbers, tau, entries)),
    },
  },
];

/** K over all parameters together, for a method of entries. */
export const COUNT_OVER_ALL: Flaw<object> = {
  slug: 'count-over-all-parameters',
  kind: 'convention',
  name: 'chooses the share tau of all parameters together, not of each matrix',
  where:
    'a ranking of the flattened model, as global magnitude pruning does it (torch.nn.utils.prune.global_unstructured)',
  effect: 'Amplifies the matrices with the largest gradients and damps the others altogether.',
  witness: sized(4, 4),
  runs: byConcatenation,
};
