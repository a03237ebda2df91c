import { solveLinear } from './linear-solve.ts';
import { Rational } from './rational.ts';
import { dot, entryOf, type RationalRows, type RationalVector } from './rational-vector.ts';

const { ZERO, ONE } = Rational;

/**
 * The projection of y on the box [-1, 1]^n in the norm of a positive definite matrix: argmin (z - y)^T A (z - y), exactly.
 *
 * By enumerating which coordinates sit at which face: the others solve A_FF (z - y)_F = -A_FB (z - y)_B, and the one choice
 * that is feasible with multipliers of the right sign (A(z - y) <= 0 at the upper face, >= 0 at the lower) is the projection, which
 * is unique. 3^n linear systems, for small n.
 * @throws RangeError where no choice is (A is not positive definite).
 */
export function boxProjection(A: RationalRows, y: RationalVector): RationalVector {
  const n = y.length;
  for (let choice = 0; choice < 3 ** n; choice += 1) {
    const faces = Array.from({ length: n }, (_, i) => Math.floor(choice / 3 ** i) % 3);
    const fixed = faces.map((face) => (face === 0 ? undefined : face === 1 ? ONE : ONE.negated()));
    const z = withFaces(A, y, fixed);
    if (z !== undefined && isOptimal(A, y, z, fixed)) return z;
  }
  throw new RangeError('boxProjection: a positive definite matrix, got another');
}

function withFaces(
  A: RationalRows,
  y: RationalVector,
  fixed: readonly (Rational | undefined)[],
): RationalVector | undefined {
  const free = fixed.flatMap((face, i) => (face === undefined ? [i] : []));
  const shift = fixed.map((face, i) => (face === undefined ? ZERO : face.minus(entryOf(y, i))));
  if (free.length === 0) return fixed.map((face) => face ?? ZERO);
  const rows = free.map((i) => free.map((j) => entryOf(A[i] ?? [], j)));
  const right = free.map((i) => dot(A[i] ?? [], shift).negated());
  const solved = solveLinear(rows, right);
  if (solved.kind !== 'solvable' || solved.nullSpace.length > 0) return undefined;
  return fixed.map((face, i) => face ?? entryOf(y, i).plus(entryOf(solved.solution, free.indexOf(i))));
}

function isOptimal(
  A: RationalRows,
  y: RationalVector,
  z: RationalVector,
  fixed: readonly (Rational | undefined)[],
): boolean {
  const difference = z.map((x, i) => x.minus(entryOf(y, i)));
  return z.every((x, i) => {
    const slope = dot(A[i] ?? [], difference);
    const face = fixed[i];
    if (face === undefined) return x.absolute().atMost(ONE);
    return face.sign() > 0 ? slope.sign() <= 0 : slope.sign() >= 0;
  });
}
