import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';

/** For whom inputs are made: the declared format, and the most rows and columns. */
export interface Context {
  readonly format: FloatFormat;
  readonly mostSize: number;
}

export interface Shape {
  readonly rows: number;
  readonly columns: number;
}

export type Rows = readonly (readonly number[])[];
