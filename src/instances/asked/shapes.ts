import fc, { type Arbitrary } from 'fast-check';
import type { Shape } from './context.ts';

/** Up to this most shapes go: the arithmetic of intervals and a witness to read both want small matrices. */
const SMALL = 8;

/** 1×1, a row, a column, square, tall and wide, each as frequent as another, sides up to `most`. */
export function shapes(most: number): Arbitrary<Shape> {
  const side = fc.integer({ min: 1, max: most });
  const line = fc.integer({ min: Math.min(2, most), max: most });
  const unequal = fc.tuple(side, side).map(([a, b]) => [Math.max(a, b), Math.min(a, b)] as const);
  return fc.oneof(
    fc.constant({ rows: 1, columns: 1 }),
    line.map((columns) => ({ rows: 1, columns })),
    line.map((rows) => ({ rows, columns: 1 })),
    line.map((n) => ({ rows: n, columns: n })),
    unequal.map(([rows, columns]) => ({ rows, columns })),
    unequal.map(([columns, rows]) => ({ rows, columns })),
  );
}

/** Small shapes nineteen times of twenty, else sides up to `mostSize` with the greatest among them. */
export const shapesUpTo = (mostSize: number): Arbitrary<Shape> =>
  fc.oneof(
    { weight: 19, arbitrary: shapes(Math.min(SMALL, mostSize)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(shapes(mostSize), fc.constantFrom('as it is', 'longest'))
        .map(([{ rows, columns }, length]) =>
          length === 'longest'
            ? { rows: longest(rows, mostSize), columns: longest(columns, mostSize) }
            : { rows, columns },
        ),
    },
  );

/** A side that is not 1 becomes the longest. */
const longest = (side: number, mostSize: number): number => (side === 1 ? 1 : mostSize);
