import { type Matrix, row, transpose } from './matrix.ts';
import type { NormName } from './norm-enclosure.ts';

export type { NormName };

/** The p of an l_p norm of a vector; one and infinity are dual to each other, two to itself. */
export type Exponent = 'one' | 'two' | 'infinity';

export const DUAL_EXPONENT: Readonly<Record<Exponent, Exponent>> = { one: 'infinity', two: 'two', infinity: 'one' };

/**
 * N(A) = scale · max over groups of ||group||_inner, a group being all entries, a row, a column, or the vector of singular
 * values. Its dual is the sum over groups of the dual of the inner norm, divided by the scale, and its unit ball
 * the product of the balls of the groups.
 */
export interface NormDefinition {
  readonly groups: 'all' | 'rows' | 'columns' | 'singular-values';
  readonly inner: Exponent;
  /** scale², as a fraction of integers. */
  scaleSquared(rows: number, columns: number): readonly [number, number];
}

const unscaled = (): readonly [number, number] => [1, 1];

/**
 * The norms of the linear minimisation oracles; a -> b is the norm of an operator from l_a to l_b, RMS(z) = ||z||_2 / sqrt(dim)
 * (Bernstein and Newhouse, arXiv 2409.20325; Pethick et al., Scion, arXiv 2502.07529).
 */
export const NORM_TABLE: Readonly<Record<NormName, NormDefinition>> = {
  spectral: { groups: 'singular-values', inner: 'infinity', scaleSquared: unscaled },
  frobenius: { groups: 'all', inner: 'two', scaleSquared: unscaled },
  // 1 -> infinity
  'max-entry': { groups: 'all', inner: 'infinity', scaleSquared: unscaled },
  // 1 -> 2
  column: { groups: 'columns', inner: 'two', scaleSquared: unscaled },
  // 2 -> infinity
  row: { groups: 'rows', inner: 'two', scaleSquared: unscaled },
  'rms-rms': { groups: 'singular-values', inner: 'infinity', scaleSquared: (rows, columns) => [columns, rows] },
  'one-rms': { groups: 'columns', inner: 'two', scaleSquared: (rows) => [1, rows] },
  'rms-infinity': { groups: 'rows', inner: 'two', scaleSquared: (_, columns) => [columns, 1] },
  'scaled-max-entry': { groups: 'all', inner: 'infinity', scaleSquared: (_, columns) => [columns * columns, 1] },
  nuclear: { groups: 'singular-values', inner: 'one', scaleSquared: unscaled },
  'entrywise-one': { groups: 'all', inner: 'one', scaleSquared: unscaled },
  // infinity -> infinity
  'infinity-infinity': { groups: 'rows', inner: 'one', scaleSquared: unscaled },
};

/** The groups of entries of a norm that is not of the singular values. */
export function groupsOf(A: Matrix, groups: 'all' | 'rows' | 'columns'): readonly Float64Array[] {
  if (groups === 'all') return [A.data];
  const B = groups === 'rows' ? A : transpose(A);
  return Array.from({ length: B.rows }, (_, i) => row(B, i));
}

/** The scale of a norm, two roundings from exact (exact where it is an integer). */
export function normScale(name: NormName, { rows, columns }: Matrix, round: (x: number) => number): number {
  const [p, q] = NORM_TABLE[name].scaleSquared(rows, columns);
  return round(Math.sqrt(round(p / q)));
}
