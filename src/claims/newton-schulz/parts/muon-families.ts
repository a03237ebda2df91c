import fc from 'fast-check';
import type { Family } from '../../../claim/claim.ts';
import { degenerate, type Factored, factored, graded, gridded, scalar, spread } from '../../../instances/spectra.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { gradientIds, type IterationInstance as Instance, remembered } from './iteration.ts';
import { muonConstants, preimages, threshold } from './muon-map.ts';

const MOST_STEPS = 5;

/** A 1 × 1 matrix, as it is. */
export const scalars = (x: string, steps: number): Instance => ({ matrix: scalar(x), normalisation: 'none', steps });

/** Grid points k / 256. */
export const GRID = 256;
/** The first grid point above s_k. */
export const least = (k: number): number => Number(threshold(k).hi.times(Rational.of(GRID)).ceiling()) / GRID;

const matrices = (
  matrix: (k: number) => fc.Arbitrary<Factored>,
  normalisation: Instance['normalisation'],
  steps: fc.Arbitrary<number>,
): fc.Arbitrary<Instance> =>
  steps.chain((k) =>
    fc.record({ matrix: matrix(k), normalisation: fc.constant(normalisation), steps: fc.constant(k) }),
  );

/** Preimages of a critical point on the rising branch under 0, …, 4 steps, to twenty binary digits, with one step more: m or M. */
const aroundPreimages = (critical: 'c1' | 'c2'): readonly Instance[] => {
  const { [critical]: c, c1 } = muonConstants();
  return preimages(c, c1, MOST_STEPS - 1)
    .map(({ lo }, k) => ({ lo, instance: scalars(lo.roundedUp(20).toString(), k + 1) }))
    .filter(({ lo }) => lo.lessThan(Rational.ONE)) // c2 itself exceeds 1
    .map(({ instance }) => instance);
};

/** Just above s_k, which k steps bring to just above m, and just below. */
const beside = (k: number): readonly Instance[] => {
  const digits = 12 + 2 * k;
  const { lo, hi } = threshold(k);
  return [hi.roundedUp(digits), lo.roundedDown(digits)].map((x) => scalars(x.toString(), k));
};

/** Computed when first asked for: loading the claim costs nothing. */
const listed = remembered((which: 'c1' | 'c2' | 'thresholds' | 'gradients'): readonly Instance[] => {
  if (which === 'thresholds') return [1, 2, 3, 4, 5].flatMap(beside);
  if (which !== 'gradients') return aroundPreimages(which);
  return gradientIds().map((gradient) => ({ matrix: { gradient }, normalisation: 'frobenius', steps: MOST_STEPS }));
});

/** The exact orbits of five steps are long: last, so that a search for a violation seldom gets there. */
export const muonFamilies: readonly [Family<Instance>, ...Family<Instance>[]] = [
  {
    id: 'scalars',
    role: 'generic',
    arbitrary: fc.integer({ min: 1, max: 4 }).chain((k) => gridded(least(k), 1, GRID).map((x) => scalars(x, k))),
  },
  {
    id: 'matrices',
    role: 'generic',
    arbitrary: matrices((k) => factored(spread(gridded(least(k), 1, GRID))), 'none', fc.integer({ min: 1, max: 2 })),
  },
  {
    id: 'degenerate',
    role: 'degenerate',
    arbitrary: matrices(
      (k) => factored(degenerate(gridded(least(k), 1, GRID))),
      'none',
      fc.integer({ min: 1, max: 2 }),
    ),
  },
  {
    id: 'five-steps',
    role: 'generic',
    arbitrary: matrices(() => factored(graded(gridded(1, 1000, 1), 3), 2), 'frobenius', fc.constant(MOST_STEPS)),
  },
  {
    id: 'preimages-of-c2',
    role: 'extremal',
    get instances() {
      return listed('c2');
    },
  },
  {
    id: 'preimages-of-c1',
    role: 'adversarial',
    get instances() {
      return listed('c1');
    },
  },
  {
    id: 'at-thresholds',
    role: 'extremal',
    get instances() {
      return listed('thresholds');
    },
  },
  {
    // dozens of values near a 4-cycle that passes close to m
    id: 'real-gradients',
    role: 'extremal',
    get instances() {
      return listed('gradients');
    },
  },
];
