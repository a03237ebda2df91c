import {
  type Coefficients,
  CUBIC,
  POLAR_EXPRESS_SAFE,
  QUINTIC,
  QUINTIC_JORDAN,
  QUINTIC_STABLE,
  QUINTIC_YOU,
  type Schedule,
} from '../../kernels/matrix/coefficient-sets.ts';
import { newtonSchulzOperation } from '../../operations/newton-schulz.ts';
import type { UnnamedFunction } from '../parts/named-functions.ts';
import { ofInput } from '../parts/of-input.ts';
import { AFRESH, type NewtonSchulzInput, SHORT, SQUARE } from './newton-schulz-input.ts';

const given = (rewrite: (input: NewtonSchulzInput) => Partial<NewtonSchulzInput>) =>
  ofInput<NewtonSchulzInput>(newtonSchulzOperation, (input) => ({ ...input, ...rewrite(input) }));

const always = (
  slug: string,
  coefficients: Schedule,
  told: Pick<UnnamedFunction, 'name' | 'where' | 'effect'>,
): UnnamedFunction => ({
  slug: `${slug}-always`,
  kind: 'convention',
  ...told,
  witness: AFRESH,
  ...given(() => ({ coefficients })),
});

const each = (change: (triple: Coefficients) => Coefficients) =>
  given(({ coefficients }) => ({ coefficients: coefficients.map(change) }));

/** Other polynomials than those given, or in another order. */
export const COEFFICIENT_MISTAKES: readonly UnnamedFunction[] = [
  always('cubic', CUBIC, {
    name: 'iterates (3x - x^3) / 2, whatever coefficients are given',
    where: 'Higham, Functions of Matrices, section 8.3: the Newton–Schulz iteration proper',
    effect: 'Converges, but slowly for small singular values.',
  }),
  always('quintic', QUINTIC, {
    name: 'iterates (15x - 10x^3 + 3x^5) / 8, whatever coefficients are given',
    where: 'Kenney and Laub 1991, the next member of the Padé family',
    effect: 'Converges, but slowly for small singular values.',
  }),
  always('jordan', QUINTIC_JORDAN, {
    name: 'iterates with 3.4445, -4.775, 2.0315, whatever coefficients are given',
    where: 'zeropower_via_newtonschulz5 of github.com/KellerJordan/Muon, which has them written in',
    effect: 'Ends in a band about 1 and never converges.',
  }),
  always('stable', QUINTIC_STABLE, {
    name: 'iterates 2x - 3/2 x^3 + 1/2 x^5, whatever coefficients are given',
    where: 'the coefficients that K. Jordan’s post on Muon, 2024, starts from',
    effect: 'Converges, but needs more steps.',
  }),
  always('you', QUINTIC_YOU, {
    name: 'iterates five different quintics, whatever coefficients are given',
    where: 'the coefficients of microsoft/dion',
    effect: 'Ends near 1 after five steps and not after another number.',
  }),
  always('polar-express', POLAR_EXPRESS_SAFE, {
    name: 'iterates the list of Polar Express with its safety factor, whatever coefficients are given',
    where: 'github.com/NoahAmsel/PolarExpress; arXiv:2505.16932, Algorithm 2',
    effect: 'Is made for singular values above 1e-3 and its own number of steps.',
  }),
  {
    slug: 'one-step-more',
    kind: 'bug',
    name: 'takes one step more',
    where: 'range(steps + 1)',
    effect: 'Costs a step.',
    witness: SQUARE,
    ...given(({ steps }) => ({ steps: steps + 1 })),
  },
  {
    slug: 'one-step-fewer',
    kind: 'bug',
    name: 'takes one step fewer',
    where: 'range(1, steps)',
    effect: 'Leaves small singular values behind.',
    witness: { ...SHORT, steps: 2 },
    ...given(({ steps }) => ({ steps: Math.max(0, steps - 1) })),
  },
  {
    slug: 'five-steps-always',
    kind: 'convention',
    name: 'takes five steps, whatever number is given',
    where: 'zeropower_via_newtonschulz5, which has the number in its name',
    effect: 'Ignores the number of steps.',
    witness: SQUARE,
    ...given(() => ({ steps: 5 })),
  },
  {
    slug: 'triples-cycled',
    kind: 'bug',
    name: 'starts again with the first triple when the list is at its end; the last one is to be repeated',
    where: 'itertools.cycle for the repeat of arXiv:2505.16932, Algorithm 2',
    effect: 'Disturbs what has nearly converged by a map made for small singular values.',
    witness: SHORT,
    ...given(({ coefficients, steps }) => ({
      coefficients: Array.from(
        { length: Math.max(steps, 1) },
        (_, k) => coefficients[k % coefficients.length] ?? [0, 0, 0],
      ),
    })),
  },
  {
    slug: 'first-triple-alone',
    kind: 'bug',
    name: 'uses the first triple in every step',
    where: 'a, b, c = coefficients[0] outside of the loop',
    effect: 'Never refines.',
    witness: SHORT,
    ...given(({ coefficients }) => ({ coefficients: coefficients.slice(0, 1) })),
  },
  {
    slug: 'stops-after-list',
    kind: 'convention',
    name: 'takes no more steps than there are triples',
    where: 'zip(range(steps), coefficients)',
    effect: 'Takes fewer steps than were asked for, without a word.',
    witness: SHORT,
    ...given(({ coefficients, steps }) => ({ steps: Math.min(steps, coefficients.length) })),
  },
  {
    slug: 'list-reversed',
    kind: 'bug',
    name: 'takes the triples from the last to the first',
    where: 'a composition of maps read from the left',
    effect: 'Refines first and amplifies last.',
    witness: SHORT,
    ...given(({ coefficients }) => ({ coefficients: [...coefficients].reverse() })),
  },
  {
    slug: 'b-and-c-swapped',
    kind: 'bug',
    name: 'swaps b and c',
    where: 'b A + c A^2 in the order of the powers from the highest, as numpy.polyval has it',
    effect: 'Diverges or collapses.',
    witness: SQUARE,
    ...each(([a, b, c]) => [a, c, b]),
  },
  {
    slug: 'a-and-c-swapped',
    kind: 'bug',
    name: 'reads the coefficients from the highest power down',
    where: 'numpy.polyval, whose first coefficient is that of the highest power',
    effect: 'Diverges or collapses.',
    witness: SQUARE,
    ...each(([a, b, c]) => [c, b, a]),
  },
  {
    slug: 'c-ignored',
    kind: 'bug',
    name: 'leaves out the quintic term',
    where: 'the cubic iteration of Higham, Functions of Matrices, section 8.3, with a third coefficient unused',
    effect: 'Iterates another map, whose fixed point is not 1.',
    witness: SQUARE,
    ...each(([a, b]) => [a, b, 0]),
  },
];
