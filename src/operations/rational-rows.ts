import { Rational } from '../kernels/exact/rational.ts';
import type { Rows } from './schema.ts';

/** The exact values of a JSON matrix. */
export const toRationals = (rows: Rows): Rational[][] => rows.map((row) => row.map((x) => Rational.from(x)));

/** Rationals as a JSON matrix of fraction strings. */
export const toFractions = (rows: readonly (readonly Rational[])[]): string[][] =>
  rows.map((row) => row.map((x) => x.toString()));
