import fc from 'fast-check';
import { type Factored, factored, gridded, isFactored, spread, turned } from '../../../instances/spectra.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import {
  identityOf,
  productOf,
  type RationalMatrix,
  rationalMatrix,
  transposed,
} from '../../../kernels/exact/rational-matrix.ts';

/** V = R² with R = Q diag(roots) Q^T, all roots in [least, 1]; C = (I + shear e_1 e_n^T) R. */
export interface SignInstance {
  readonly basis: Factored['left'];
  readonly roots: readonly string[];
  readonly least: string;
  readonly shear: number;
  readonly map: 'cubic' | 'quintic';
  readonly steps: number;
}

const { ZERO } = Rational;

/** Q diag(f(roots)) Q^T. */
export function functionOf({ basis, roots }: SignInstance, f: (x: Rational) => Rational): RationalMatrix {
  const Q = rationalMatrix(basis);
  const values = roots.map((x) => f(Rational.from(x)));
  return productOf(
    Q.map((row) => row.map((x, j) => x.times(values[j] ?? ZERO))),
    transposed(Q),
  );
}

/** I + s e_1 e_n^T. */
function sheared(size: number, s: number): RationalMatrix {
  return identityOf(size).map((row, i) =>
    row.map((x, j) => (i === 0 && j === size - 1 && size > 1 ? x.plus(Rational.of(s)) : x)),
  );
}

/** C = L R and its inverse, A = C R and B = R C^-1, so that BA = R² = V. */
export function blocks(instance: SignInstance) {
  const size = instance.roots.length;
  const R = functionOf(instance, (x) => x);
  const C = productOf(sheared(size, instance.shear), R);
  const inverse = productOf(
    functionOf(instance, (x) => Rational.ONE.dividedBy(x)),
    sheared(size, -instance.shear),
  );
  return { C, inverse, A: productOf(C, R), B: productOf(R, inverse) };
}

export const isWellFormed = ({ basis, roots }: SignInstance): boolean =>
  isFactored({ left: basis, spectrum: roots, right: basis });

const instance = (F: Factored, rest: Omit<SignInstance, 'basis' | 'roots'>): SignInstance => ({
  // the factor of the shorter side is square
  basis: F.left.length <= F.right.length ? F.left : F.right,
  roots: F.spectrum,
  ...rest,
});

export const diagonalised = (
  roots: readonly string[],
  map: SignInstance['map'],
  steps: number,
  least = roots[0] ?? '1',
): SignInstance => instance(turned(roots), { least, shear: 1, map, steps });

const MAPS = fc.constantFrom('cubic' as const, 'quintic' as const);
const GRID = 16;

/** The least root is `least` itself, or up to twice as large. */
export const drawn = (exact: 'least-is-attained' | 'least-is-below', shapes = 1): fc.Arbitrary<SignInstance> =>
  fc
    .tuple(
      factored(spread(gridded(2 / GRID, 1, GRID)), shapes),
      MAPS,
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: -2, max: 2 }),
    )
    .map(([F, map, steps, shear]) => {
      const smallest = F.spectrum.map((x) => Rational.from(x)).reduce((a, b) => Rational.min(a, b), Rational.ONE);
      const least = exact === 'least-is-attained' ? smallest : smallest.times(Rational.of(3, 4));
      return instance(F, { least: least.toString(), shear, map, steps });
    });
