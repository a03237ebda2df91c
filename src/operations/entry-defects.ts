import type { Defect } from './defect.ts';

/** Numbers that are unique, as defects: each off by its distance from the expected one. */
export const entryDefects = (
  place: string,
  expected: readonly number[],
  got: readonly number[],
  bound: number,
): readonly Defect[] => expected.map((x, i) => numberDefect(`${place}[${i}]`, x, got[i] ?? Number.NaN, bound));

export const numberDefect = (text: string, expected: number, got: number, bound: number): Defect => ({
  text,
  expected,
  got,
  miss: Math.abs(got - expected),
  bound,
});

/** A count that may be missing ("never": Infinity), which no rounding changes where it is decided. */
export function countDefect(text: string, expected: number | null, got: number | null, bound: number): Defect {
  const [wanted, found] = [expected ?? Number.POSITIVE_INFINITY, got ?? Number.POSITIVE_INFINITY];
  const miss = wanted === found ? 0 : 1;
  return { text, expected: wanted, got: found, miss, bound: bound === Number.POSITIVE_INFINITY ? bound : 0 };
}
