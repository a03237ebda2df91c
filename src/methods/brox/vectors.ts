/** A v for rows of A. */
export const timesVector = (A: readonly (readonly number[])[], v: readonly number[]): number[] =>
  A.map((row) => dotProduct(row, v));

export const dotProduct = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((total, x, i) => total + x * (b[i] ?? 0), 0);

export const minus = (a: readonly number[], b: readonly number[]): number[] => a.map((x, i) => x - (b[i] ?? 0));

/** The same vector. @throws RangeError where an entry overflowed. */
export function finite(v: readonly number[]): readonly number[] {
  if (!v.every(Number.isFinite)) throw new RangeError(`brox: Ax - b below the largest double, got [${v.join(', ')}]`);
  return v;
}
