import fc, { type Arbitrary } from 'fast-check';
import { knownStep } from '../../../instances/broximal/known-step.ts';
import { pythagoreanAr1 } from '../../../instances/broximal/pythagorean-ar1.ts';
import { rationalUnitVector } from '../../../instances/broximal/rational-sphere.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import { differenceOf, dot, type RationalVector, vectorFrom } from '../../../kernels/exact/rational-vector.ts';
import type { BroxInput } from '../../../operations/brox.ts';
import type { ConvexFunction } from '../../../problems/functions/convex-function.ts';

const { ZERO } = Rational;

/** A quadratic whose vector is outside the range of its matrix has no minimiser; adding g gᵀ at the same u and g gives it one. */
function withMinimisers(f: ConvexFunction<Numeric>, u: RationalVector, g: RationalVector): ConvexFunction<Numeric> {
  if (f.kind !== 'quadratic') return f;
  const slope = dot(g, u);
  const at = (i: number): Rational => g[i] ?? ZERO;
  return {
    kind: 'quadratic',
    matrix: f.matrix.map((row, i) => row.map((a, j) => `${Rational.from(a).plus(at(i).times(at(j)))}`)),
    vector: f.vector.map((b, i) => `${Rational.from(b).plus(at(i).times(slope))}`),
  };
}

/** Steps of which the exact result is rational, by kind, for functions with minimisers outside the ball. */
export const rationalStep = (kind: ConvexFunction<unknown>['kind'], dimension: number): Arbitrary<BroxInput> =>
  knownStep(kind, dimension).map(({ function: f, point, radius, minimiser, multiplier }) => {
    const u = vectorFrom(minimiser);
    const g = differenceOf(vectorFrom(point), u).map((x) => x.times(Rational.from(multiplier)));
    return { function: withMinimisers(f, u, g), point, radius };
  });

const dimensions = fc.integer({ min: 1, max: 4 });

export const quadraticSteps: Arbitrary<BroxInput> = dimensions.chain((n) => rationalStep('quadratic', n));

export const onTheLine = (point: Numeric, radius: Numeric): BroxInput => ({
  function: { kind: 'absolute' },
  point: [point],
  radius,
});

/** |x| in eighths: answers on the line are exact for doubles, so that an instance must be one. */
const lineSteps: Arbitrary<BroxInput> = fc
  .record({
    beyond: fc.integer({ min: 1, max: 40 }),
    radius: fc.integer({ min: 1, max: 40 }),
    side: fc.constantFrom('', '-'),
  })
  .map(({ beyond, radius, side }) => onTheLine(`${side}${beyond + radius}/8`, `${radius}/8`));

/** Kinds that are linear between kinks, and Huber's. */
export const linearSteps: Arbitrary<BroxInput> = fc
  .record({
    kind: fc.constantFrom(
      'max-affine' as const,
      'weighted-l1' as const,
      'max-norm' as const,
      'huber' as const,
      'absolute' as const,
    ),
    dimension: dimensions,
  })
  .chain(({ kind, dimension }) => (kind === 'absolute' ? lineSteps : rationalStep(kind, dimension)));

/** |x|_2 from any distance, within reach as well: x runs straight to its minimiser 0. */
export const radialSteps: Arbitrary<BroxInput> = dimensions.chain((n) =>
  fc
    .tuple(rationalUnitVector(n), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
    .map(([direction, length, radius]) => ({
      function: {
        kind: 'residual-norm' as const,
        matrix: direction.map((_, i) => direction.map((__, j) => (i === j ? 1 : 0))),
        vector: direction.map(() => 0),
      },
      point: direction.map((x) => x.times(Rational.of(length, 2)).toString()),
      radius: `${radius}/4`,
    })),
);

/** First steps of the autoregressive worst case. */
export const autoregressiveSteps: readonly BroxInput[] = [1, 2, 3, 4].flatMap((steps) =>
  ['2/3', '9/10', '99/100'].map((m) => pythagoreanAr1(steps, Rational.from(m))),
);

/** Balls that hold a minimiser, in the interior, on the boundary and at the start. */
export const reachingSteps: readonly BroxInput[] = [
  { function: { kind: 'absolute' }, point: ['1/2'], radius: 1 },
  { function: { kind: 'absolute' }, point: [0], radius: 1 },
  { function: { kind: 'weighted-l1', weights: [1, 2] }, point: [3, 4], radius: 5 },
  { function: { kind: 'weighted-l1', weights: [0, 1] }, point: [7, '1/2'], radius: '3/4' },
  { function: { kind: 'max-norm' }, point: [1, -1], radius: 2 },
  { function: { kind: 'huber', delta: '1/2' }, point: [1, 0], radius: 1 },
  {
    function: {
      kind: 'quadratic',
      matrix: [
        [1, 1],
        [1, 1],
      ],
      vector: [1, 1],
    },
    point: [1, 1],
    radius: 1,
  },
];
