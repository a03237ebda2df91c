/** One number or defining quantity of an answer, against what it should be. */
export interface Miss {
  /** Where it stands: `matrix[0][2]`, `parameters[1][0][0]`, or what it is: "<M, Z>". */
  readonly place: string;
  readonly expected: number;
  readonly got: number;
  /** What an admissible computation may be off by here. */
  readonly bound: number;
  /** How far it is off in units of the bound: at most 1 is right, Infinity where no error is allowed or none can be measured. */
  readonly distance: number;
}

/** |got - expected| in units of the bound; 0/0 is 0, and whatever is no number is infinitely far. */
export function distanceIn(missed: number, bound: number): number {
  if (Number.isNaN(missed)) return Number.POSITIVE_INFINITY;
  if (missed <= 0) return 0;
  // no finite number is wrong where nothing is guaranteed
  if (bound === Number.POSITIVE_INFINITY) return Number.isFinite(missed) ? 0 : Number.POSITIVE_INFINITY;
  return missed / bound;
}

/** The one that is furthest off, the first of equals; undefined for none. */
export const worstOf = (misses: readonly Miss[]): Miss | undefined =>
  misses.reduce<Miss | undefined>(
    (worst, miss) => (worst === undefined || miss.distance > worst.distance ? miss : worst),
    undefined,
  );
