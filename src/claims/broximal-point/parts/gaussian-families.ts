import fc, { type Arbitrary } from 'fast-check';
import { arbitrarySpacings, minimaxSpacings } from '../../../instances/broximal/ar1.ts';
import { pythagoreanAr1 } from '../../../instances/broximal/pythagorean-ar1.ts';
import { dyadic } from '../../../instances/dyadic.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import type { Instance, Run } from './gaussian-facts.ts';
import { linearSteps, quadraticSteps } from './step-families.ts';

export const chains: Arbitrary<Instance> = arbitrarySpacings(6).map((spacings) => ({
  kind: 'chain' as const,
  spacings: spacings.map(String),
  radius: 1,
}));

export const oneStep: Arbitrary<Instance> = fc
  .oneof(quadraticSteps, linearSteps)
  .map((step) => ({ ...step, kind: 'run' as const, steps: 1 }));

/** |y| from x, with fewer steps than (x/t)². */
export const line: Arbitrary<Instance> = fc
  .record({
    beyond: fc.integer({ min: 1, max: 20 }),
    radius: fc.integer({ min: 1, max: 8 }),
    steps: fc.nat({ max: 5 }),
  })
  .map(({ beyond, radius, steps }) => ({
    kind: 'run' as const,
    function: { kind: 'absolute' as const },
    point: [`${radius * (steps + 1) + beyond}/4`],
    radius: `${radius}/4`,
    steps: steps + 1,
  }));

/** Strictly convex diagonal quadratics: irrational steps, for the answers in doubles. */
export const quadratics: Arbitrary<Instance> = fc
  .record({
    a: dyadic(0.25, 4),
    b: dyadic(0.25, 4),
    x: dyadic(3, 6),
    y: dyadic(-6, 6),
    steps: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ a, b, x, y, steps }) => ({
    kind: 'run' as const,
    function: {
      kind: 'quadratic' as const,
      matrix: [
        [a, 0],
        [0, b],
      ],
      vector: [0, 0],
    },
    point: [x, y],
    radius: 1,
    steps,
  }));

/** The chain with constant spacing, t = 1. */
export const constant = (steps: number, spacing: string): Instance => ({
  kind: 'chain',
  spacings: new Array<Numeric>(steps).fill(spacing),
  radius: 1,
});

/** s_k = min(a, b + (K-1-k)t), t = 1. */
export const worst = (steps: number, a: Rational, b: Rational): Instance => ({
  kind: 'chain',
  spacings: minimaxSpacings(steps, a, b, Rational.ONE).map(String),
  radius: 1,
});

/** The chain with constant spacing q/(1-q), q = (1-m²)/(1+m²), as a function in coordinates. */
export const inCoordinates = (steps: number, m: string): Instance => ({
  kind: 'run',
  ...pythagoreanAr1(steps, Rational.from(m)),
  steps,
});

/** 1000 |121/21 x_1 - x_2| + |x_1| + |x_2|, as a maximum of its linear pieces. */
export const RIDGE: Run = {
  kind: 'run',
  function: {
    kind: 'max-affine',
    slopes: [1, -1].flatMap((r) =>
      [1, -1].flatMap((a) => [1, -1].map((b) => [`${121000 * r + 21 * a}/21`, -1000 * r + b])),
    ),
    offsets: new Array<number>(8).fill(0),
  },
  point: ['71/50', '71/50'],
  radius: 1,
  steps: 2,
};
