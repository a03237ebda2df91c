import fc, { type Arbitrary } from 'fast-check';
import { convexFunctions, LENGTHS, points } from './convex-functions.ts';

/** The most variables. */
const MOST_DIMENSION = 5;

/** The inputs of the operations on a convex function at a point. */
export function broximalInputs(operation: string): Arbitrary<object> | undefined {
  const at = <T extends object>(rest: Arbitrary<T>): Arbitrary<object> =>
    fc
      .integer({ min: 1, max: MOST_DIMENSION })
      .chain((dimension) => fc.tuple(convexFunctions(dimension), points(dimension), rest))
      .map(([f, point, given]) => ({ function: f, point, ...given }));
  switch (operation) {
    case 'brox':
      return at(fc.record({ radius: LENGTHS }));
    case 'prox':
      return at(fc.record({ parameter: LENGTHS }));
    case 'broximal-point':
      return at(fc.record({ radii: fc.array(LENGTHS, { minLength: 1, maxLength: 4 }) }));
    case 'ball-acceleration':
      return at(
        fc.record({
          radius: LENGTHS,
          alpha: fc.constantFrom(2, 1.5, 4),
          // beyond one call nothing is guaranteed
          maximumCalls: fc.constantFrom(1, 1, 1, 2, 4),
        }),
      );
    default:
      return undefined;
  }
}
