import { mgupFactors } from '../../methods/mgup.ts';
import type { ChoiceFlaw } from './mgup-flaws.ts';
import { GIVEN_FACTORS, RANKED } from './mgup-witnesses.ts';

/** What multiplies the chosen entries and the others. */
export const FACTOR_FLAWS: readonly ChoiceFlaw[] = [
  {
    slug: 'factors-swapped',
    kind: 'bug',
    name: 'damps the chosen entries and amplifies the others: tau and 1/tau are swapped',
    where: 'arXiv:2606.17526, Algorithm 2, whose tau is both the share of the chosen and the smaller factor',
    effect: 'Amplifies the entries whose direction is least certain.',
    witness: RANKED,
    pieces: {
      factors: (numbers, h) => {
        const { amplified, damped } = mgupFactors(numbers, h);
        return { amplified: damped, damped: amplified };
      },
    },
  },
  {
    slug: 'not-damped',
    kind: 'convention',
    name: 'amplifies the chosen entries and leaves the others as they are',
    where: 'an in-place update[mask] *= amplify',
    effect: 'Raises the mean step size by the amplified entries alone.',
    witness: RANKED,
    pieces: { factors: (numbers, h) => ({ amplified: mgupFactors(numbers, h).amplified, damped: numbers.of(1) }) },
  },
  {
    slug: 'not-amplified',
    kind: 'convention',
    name: 'damps the entries that are not chosen and leaves the chosen ones as they are',
    where: 'an in-place update[~mask] *= damp; Cautious, arXiv:2411.16085, is this with damp = 0',
    effect: 'Lowers the mean step size.',
    witness: RANKED,
    pieces: { factors: (numbers, h) => ({ amplified: numbers.of(1), damped: mgupFactors(numbers, h).damped }) },
  },
  {
    slug: 'factors-by-tau',
    kind: 'bug',
    name: 'takes 1/tau and tau for the factors, whatever amplify and damp say',
    where: 'arXiv:2606.17526, Algorithm 2 as printed, which has no other factors',
    effect: 'Ignores factors that were tuned.',
    witness: GIVEN_FACTORS,
    pieces: { factors: (numbers, { tau }) => mgupFactors(numbers, { tau }) },
  },
  {
    slug: 'factors-fixed',
    kind: 'convention',
    name: 'takes 2 and 0.1 for the factors, whatever tau, amplify and damp say',
    where: 'the defaults alpha = 2.0 and gamma = 0.1 of github.com/MaeChd/MGUP',
    effect: 'Damps five times as much as tau = 1/2 does.',
    witness: GIVEN_FACTORS,
    pieces: { factors: (numbers) => ({ amplified: numbers.of(2), damped: numbers.of(0.1) }) },
  },
];
