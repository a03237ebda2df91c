/** A v for rows of A. */
export const timesVector = (A: readonly (readonly number[])[], v: readonly number[]): number[] =>
  A.map((row) => dotProduct(row, v));

export const dotProduct = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((total, x, i) => total + x * (b[i] ?? 0), 0);

export const minus = (a: readonly number[], b: readonly number[]): number[] => a.map((x, i) => x - (b[i] ?? 0));
