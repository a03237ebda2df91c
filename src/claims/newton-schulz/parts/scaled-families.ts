import fc from 'fast-check';
import type { Family } from '../../../claim/claim.ts';
import { degenerate, type Factored, factored, graded, gridded, scalar, spread } from '../../../instances/spectra.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { remembered } from './iteration.ts';
import { muonConstants, preimages } from './muon-map.ts';
import type { ScaledInstance } from './scaled-run.ts';

/** What implementations of Muon add to the norm. */
export const EPSILON = '1/10000000';

const MOST_STEPS = 5;

export const scaled = (matrix: Factored, steps: number, epsilon = EPSILON): ScaledInstance => ({
  matrix,
  normalisation: 'frobenius',
  epsilon,
  steps,
});

const of = (matrix: fc.Arbitrary<Factored>): fc.Arbitrary<ScaledInstance> =>
  fc.tuple(matrix, fc.integer({ min: 1, max: MOST_STEPS })).map(([A, steps]) => scaled(A, steps));

/** Every singular value times 2^-bits. */
export const shrunk = (matrix: Factored, bits: number): Factored => ({
  ...matrix,
  spectrum: matrix.spectrum.map((s) =>
    Rational.from(s)
      .times(Rational.of(1n, 1n << BigInt(bits)))
      .toString(),
  ),
});

/** t = epsilon x / (1 - x), so that t / (t + epsilon) = x: the scale that epsilon sends to a preimage of c2. */
const preimagesOfTheLowest = remembered((_: 'all'): readonly ScaledInstance[] => {
  const { c1, c2 } = muonConstants();
  return preimages(c2, c1, MOST_STEPS - 1)
    .map(({ lo }, k) => ({ x: lo.roundedUp(20), steps: k + 1 }))
    .filter(({ x }) => x.lessThan(Rational.ONE))
    .map(({ x, steps }) =>
      scaled(scalar(Rational.from(EPSILON).times(x).dividedBy(Rational.ONE.minus(x)).toString()), steps),
    );
});

export const scaledFamilies: readonly [Family<ScaledInstance>, ...Family<ScaledInstance>[]] = [
  {
    // three values of at most 9/16 have a norm below 1
    id: 'normalised-before',
    role: 'generic',
    arbitrary: fc
      .tuple(of(factored(spread(gridded(1 / 16, 9 / 16, 16)))), fc.integer({ min: 1, max: 2 }))
      .map(([instance, steps]) => ({ ...instance, normalisation: 'none' as const, steps })),
  },
  { id: 'spread', role: 'generic', arbitrary: of(factored(spread(gridded(1 / 8, 4, 16)), 2)) },
  { id: 'graded', role: 'generic', arbitrary: of(factored(graded(gridded(1, 1000, 1), 5), 2)) },
  {
    // from well above epsilon to far below, where nothing is left
    id: 'tiny',
    role: 'adversarial',
    arbitrary: fc
      .tuple(of(factored(spread(gridded(1 / 8, 4, 16)))), fc.integer({ min: 12, max: 60 }))
      .map(([instance, bits]) => ({ ...instance, matrix: shrunk(instance.matrix, bits) })),
  },
  { id: 'degenerate', role: 'extremal', arbitrary: of(factored(degenerate(gridded(1 / 4, 4, 4)))) },
  {
    id: 'scale-at-a-preimage-of-c2',
    role: 'extremal',
    get instances() {
      return preimagesOfTheLowest('all');
    },
  },
];
