import fc, { type Arbitrary } from 'fast-check';
import { MOMENTA } from './hyperparameters.ts';

/** The inputs of the operations on a few numbers. */
export function scalarInputs(operation: string): Arbitrary<object> | undefined {
  switch (operation) {
    case 'gluon-step-size':
      return fc.tuple(sizes, sizes, sizes).map(([gradientNorm, l0, l1]) => ({
        gradientNorm,
        // l0 = l1 = 0 is outside the domain
        l0: l0 === 0 && l1 === 0 ? 1 : l0,
        l1,
      }));
    case 'polar-express-coefficients':
      return fc
        .record({
          lower: fc.constantFrom(0.5, 0.9, 0.1, 0.01, 2 ** -10),
          // in units of lower
          ratio: fc.constantFrom(2, 1.5, 16, 1 + 2 ** -10, 1024),
          steps: fc.integer({ min: 1, max: 5 }),
          degree: fc.constantFrom(3, 5),
        })
        .map(({ lower, ratio, steps, degree }) => ({ lower, upper: lower * ratio, steps, degree }));
    case 'momentum-law':
    case 'cautious-drift':
      return law;
    case 'top-k-drift':
      return fc
        .tuple(law, fc.integer({ min: 2, max: 6 }), fc.nat(), fc.constantFrom([2, 0.5], [1, 0], [1, 1], [4, 0.25]))
        .map(([input, dimension, rank, [amplify = 1, damp = 0]]) => ({
          ...input,
          dimension,
          k: 1 + (rank % dimension),
          amplify,
          damp,
        }));
    default:
      return undefined;
  }
}

/** 0, and numbers from 2^-66 to 2^66. */
const sizes = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 2 ** 20 }), fc.constantFrom(0, 0, 0, -33, -66, 66))
      .map(([k, exponent]) => (k / 2 ** 10) * 2 ** exponent),
  },
);

/** The enclosures take up to a second where many components meet much momentum; that pair is rare. */
const law = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ components: fc.integer({ min: 2, max: 12 }), momentum: fc.constantFrom(0.5, 0.25, 0, 0.3) }),
  },
  { weight: 2, arbitrary: fc.record({ components: fc.constantFrom(2, 5, 50), momentum: fc.constantFrom(0.5, 0.75) }) },
  { weight: 1, arbitrary: fc.record({ components: fc.constantFrom(2, 3, 5, 20), momentum: MOMENTA }) },
);
