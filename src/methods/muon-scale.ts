import type { Numbers } from '../kernels/numbers/numbers.ts';

/** The factors by which the libraries scale the orthogonalised update of a rows × columns matrix. */
export const MUON_SCALES = [
  'none',
  'max(1,rows/columns)^1/2',
  '(rows/columns)^1/2',
  '0.2 max(rows,columns)^1/2',
] as const;

export type MuonScale = (typeof MUON_SCALES)[number];

/** s for a rows × columns matrix. */
export function muonScale<T>(numbers: Numbers<T>, scale: MuonScale, rows: number, columns: number): T {
  const aspect = (): T => numbers.divide(numbers.of(rows), numbers.of(columns));
  switch (scale) {
    case 'none':
      return numbers.of(1);
    case 'max(1,rows/columns)^1/2':
      return rows > columns ? numbers.squareRoot(aspect()) : numbers.of(1);
    case '(rows/columns)^1/2':
      return numbers.squareRoot(aspect());
    case '0.2 max(rows,columns)^1/2':
      return numbers.multiply(numbers.of(0.2), numbers.squareRoot(numbers.of(Math.max(rows, columns))));
  }
}
