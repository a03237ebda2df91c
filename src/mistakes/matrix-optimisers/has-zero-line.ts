import type { OptimiserMistake } from '../mistake.ts';

/**
 * Whether the first gradient of a parameter matrix has a row (left) or a column (right) of zeros. The statistics of that side then
 * have an eigenvalue that every algorithm finds to be exactly 0, and 1/0 makes all of their inverse root NaN: the product
 * with the eigenvectors multiplies infinity by 0 everywhere.
 */
export function hasZeroLine(
  { gradients }: OptimiserMistake['witness'],
  layer: number,
  side: 'left' | 'right',
): boolean {
  const rows = gradients[0]?.[layer] ?? [];
  const lines = side === 'left' ? rows : (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] ?? 0));
  return lines.some((line) => line.every((x) => x === 0));
}
