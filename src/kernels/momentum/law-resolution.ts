/** The work of the finest grid: 2^26 entries replaced, about a second. */
const BUDGET = 2 ** 26;
const FEWEST = 2 ** 12;
const MOST = 2 ** 22;
/** Grid points per unit of what the coupling gap is multiplied by: the enclosures come out at about 2^-12 of their range. */
const PER_UNIT = 2 ** 12;

/**
 * How many grid points the enclosures for n components and momentum b deserve.
 *
 * The two laws that enclose Y are 2/(N (1-b)) apart at most, m = -1 + (n+1) Y carries the factor n + 1, and what is kept of
 * the last step the factor b: N ~ (n+1) b/(1-b) gives the same width everywhere. A sweep costs N, and 1/(1-b) are needed.
 */
export function lawResolution(components: number, momentum: number): number {
  const wanted = (PER_UNIT * (components + 1) * momentum) / (1 - momentum);
  const affordable = BUDGET * (1 - momentum);
  return 2 ** Math.floor(Math.log2(Math.min(MOST, Math.max(FEWEST, Math.min(2 * wanted, affordable)))));
}
