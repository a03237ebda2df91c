import type { Coefficients, Schedule } from '../../kernels/matrix/coefficient-sets.ts';
import { gridTranspose } from '../../methods/grid-product.ts';
import type { MuonHyperparameters } from '../../methods/muon.ts';
import { orthogonalised } from '../../methods/orthogonalised.ts';
import { type Distortion, distortedIteration } from '../parts/distorted-iteration.ts';
import type { Flaw } from '../parts/flaw.ts';
import { INITIAL_SIZES } from '../parts/initial-size.ts';
import { muonRule } from '../parts/muon-rule.ts';
import { byHyperparameters } from '../variants.ts';
import { single } from './muon-witnesses.ts';

type Rewritten = Pick<Flaw<MuonHyperparameters>, 'runs'>;

const withSteps = (count: (steps: number, triples: number) => number): Rewritten => ({
  runs: (operation) =>
    byHyperparameters<MuonHyperparameters>(operation, (h) => ({ ...h, steps: count(h.steps, h.coefficients.length) })),
});

const withSchedule = (rewrite: (schedule: Schedule, steps: number) => Schedule): Rewritten => ({
  runs: (operation) =>
    byHyperparameters<MuonHyperparameters>(operation, (h) => ({
      ...h,
      coefficients: rewrite(h.coefficients, h.steps),
    })),
});

const cycled = (schedule: Schedule, steps: number): Schedule =>
  Array.from({ length: Math.max(steps, 1) }, (_, k) => schedule[k % schedule.length] as Coefficients);

const distorted = (distortion: Distortion): Pick<Flaw<MuonHyperparameters>, 'change'> => ({
  change: {
    direct: muonRule({
      orthogonalise: (numbers, h, N) => {
        if (h.orthogonalisation === 'exact') return orthogonalised(numbers, h, N);
        const size = INITIAL_SIZES.definition(h.epsilon);
        return numbers.transform(N, distortedIteration(distortion, size, h.coefficients, h.steps));
      },
    }),
  },
});

const SQUARE = single();

/** Two triples for four steps: a list that is too short. */
const SHORT = single({
  coefficients: [
    [1.75, -1, 0.25],
    [1.5, -0.5, 0],
  ],
  steps: 4,
});

/** What is iterated, and how often. */
export const MUON_ITERATION_FLAWS: readonly Flaw<MuonHyperparameters>[] = [
  {
    slug: 'one-step-more',
    kind: 'bug',
    name: 'runs one step of Newton–Schulz more than asked',
    where: 'a step before the loop, or a loop that includes its end',
    effect: 'Costs a step more and moves every singular value.',
    witness: SQUARE,
    ...withSteps((steps) => steps + 1),
  },
  {
    slug: 'one-step-fewer',
    kind: 'bug',
    name: 'runs one step of Newton–Schulz fewer than asked',
    where: 'range(1, steps) where range(steps) is meant',
    effect: 'Leaves small singular values smaller.',
    witness: single({ steps: 3 }),
    ...withSteps((steps) => Math.max(0, steps - 1)),
  },
  {
    slug: 'five-steps',
    kind: 'bug',
    name: 'runs five steps of Newton–Schulz, whatever number is asked',
    where: 'the default ns_steps of KellerJordan/Muon, torch.optim.Muon and optax, where it is not passed on',
    effect: 'Ignores the number of steps.',
    witness: SQUARE,
    ...withSteps(() => 5),
  },
  {
    slug: 'coefficients-cycled',
    kind: 'bug',
    name: 'starts the list of coefficients anew after its end, and does not repeat the last triple',
    where: 'itertools.cycle where polar_express.py of NoahAmsel/PolarExpress has itertools.repeat of the last triple',
    effect: 'Throws singular values that are near 1 away from it again.',
    witness: SHORT,
    ...withSchedule(cycled),
  },
  {
    slug: 'coefficients-end',
    kind: 'convention',
    name: 'stops after the last triple of the list, whatever number of steps is asked',
    where: 'optax.contrib.muon, whose ns_steps is ignored where ns_coeffs is a list',
    effect: 'Runs fewer steps than asked.',
    witness: SHORT,
    ...withSteps(Math.min),
  },
  {
    slug: 'first-triple',
    kind: 'convention',
    name: 'uses the first triple of coefficients in every step',
    where: 'torch.optim.Muon, whose ns_coefficients holds one triple',
    effect: 'Makes a list that is built step by step worse than one fixed triple.',
    witness: SHORT,
    ...withSchedule((schedule) => schedule.slice(0, 1)),
  },
  {
    slug: 'coefficients-swapped',
    kind: 'bug',
    name: 'swaps the coefficients b and c of the cube and of the fifth power',
    where: 'c A + b A A in place of b A + c A A',
    effect:
      'Maps singular values of 1 as before and all others wrongly; with the triple of Muon they grow without bound.',
    witness: SQUARE,
    ...withSchedule((schedule) => schedule.map(([a, b, c]): Coefficients => [a, c, b])),
  },
  {
    slug: 'square-entrywise',
    kind: 'bug',
    name: 'squares the Gram matrix entry by entry in Newton–Schulz, and not as a matrix',
    where: 'A * A or A ** 2 for numpy and torch, where A @ A is meant',
    effect: 'Turns the singular vectors of all but diagonal gradients.',
    witness: single({ coefficients: [[2, -1.5, 0.5]] }),
    ...distorted('entrywise-square'),
  },
  {
    slug: 'gram-of-columns',
    kind: 'bug',
    name: 'multiplies a square matrix by polynomials of X^T X from the left, where X X^T belongs',
    where: 'the transposition of tall matrices made for A = X X^T, with A = X^T X in the loop',
    effect: 'Turns the singular vectors of square layers; others raise a shape error.',
    witness: SQUARE,
    ...distorted('gram-of-columns'),
  },
  {
    slug: 'square-transposed',
    kind: 'bug',
    name: 'returns the update of a square matrix transposed',
    where: 'rows >= columns before the iteration and rows > columns after it',
    effect: 'Updates square layers by the transpose; no shape error shows it.',
    witness: SQUARE,
    change: {
      direct: muonRule({
        orthogonalise: (numbers, h, N) => {
          const O = orthogonalised(numbers, h, N);
          return N.rows === N.columns ? gridTranspose(O) : O;
        },
      }),
    },
  },
];
