import fc from 'fast-check';
import type { Family } from '../../../claim/claim.ts';
import { degenerate, type Factored, factored, graded, gridded, scalar, spread } from '../../../instances/spectra.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { gradientIds, remembered } from './iteration.ts';
import type { PadeInstance as Instance } from './pade-bounds.ts';
import { type Degree, squaredEdge } from './pade-map.ts';

const DEGREES = fc.constantFrom<Degree[]>(3, 5);
/** Exact iterates grow in length by the degree a step. */
const STEPS = fc.integer({ min: 1, max: 2 });
/** Grid points up to the edge of the basin: k/64 below sqrt 3 and sqrt(7/3). */
export const GRID = 64;
const LEAST = 1 / GRID;
export const most = (degree: Degree): number =>
  Number(
    squaredEdge(degree)
      .times(Rational.of(GRID * GRID))
      .squareRootBounds(0)[0]
      .floor(),
  ) / GRID;

const matrices = (
  matrix: (degree: Degree) => fc.Arbitrary<Factored>,
  normalisation: Instance['normalisation'],
): fc.Arbitrary<Instance> =>
  DEGREES.chain((degree) =>
    fc.record({
      degree: fc.constant(degree),
      matrix: matrix(degree),
      normalisation: fc.constant(normalisation),
      steps: STEPS,
    }),
  );

/** A 1 × 1 matrix, as it is. */
export const scalars = (degree: Degree, x: string, steps: number): Instance => ({
  degree,
  matrix: scalar(x),
  normalisation: 'none',
  steps,
});

/** Decoded when first asked for; the degrees alternate. */
const onGradients = remembered((_: 'all'): readonly Instance[] =>
  gradientIds().map((gradient, i) => ({
    degree: i % 2 === 0 ? 3 : 5,
    matrix: { gradient },
    normalisation: 'frobenius',
    steps: 2,
  })),
);

export const padeFamilies: readonly [Family<Instance>, ...Family<Instance>[]] = [
  {
    id: 'scalars',
    role: 'generic',
    arbitrary: DEGREES.chain((degree) => {
      const drawn = (lo: number, hi: number, longest: number): fc.Arbitrary<Instance> =>
        fc
          .tuple(gridded(lo, hi, GRID), fc.integer({ min: 1, max: longest }))
          .map(([x, steps]) => scalars(degree, x, steps));
      // the nearer to 1, the fewer steps until the error is below what single precision can tell from 0
      return fc.oneof(
        drawn(LEAST, 1 / 2, 3),
        drawn(1 / 2, 3 / 4, 2),
        drawn(3 / 4, 5 / 4, 1),
        drawn(5 / 4, most(degree), 2),
      );
    }),
  },
  {
    id: 'near-zero',
    role: 'extremal',
    instances: [10, 100, 1000].flatMap((n) =>
      [1, 2, 3].flatMap((steps) => [scalars(3, `1/${n}`, steps), scalars(5, `1/${n}`, steps)]),
    ),
  },
  {
    id: 'near-the-edge',
    role: 'adversarial',
    instances: ([3, 5] as const).flatMap((degree) =>
      // multiples of 10^-12 just below the edge
      [1, 2].map((steps) =>
        scalars(
          degree,
          Rational.of(
            squaredEdge(degree)
              .times(Rational.of(10n ** 24n))
              .squareRootBounds(0)[0]
              .floor(),
            10n ** 12n,
          ).toString(),
          steps,
        ),
      ),
    ),
  },
  {
    id: 'matrices',
    role: 'generic',
    arbitrary: matrices((degree) => factored(spread(gridded(LEAST, most(degree), GRID))), 'none'),
  },
  {
    // zero and repeated values; 0 and 1 attain equality
    id: 'degenerate',
    role: 'extremal',
    arbitrary: matrices((degree) => factored(degenerate(gridded(1 / 8, most(degree), 8))), 'none'),
  },
  {
    // a single singular value would be 1 after normalisation
    id: 'normalised',
    role: 'generic',
    arbitrary: matrices(() => factored(graded(gridded(1, 1000, 1), 2), 2), 'frobenius'),
  },
  {
    id: 'real-gradients',
    role: 'generic',
    get instances() {
      return onGradients('all');
    },
  },
];
