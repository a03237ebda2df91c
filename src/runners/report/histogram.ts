import type { Distribution } from './dossier.ts';
import { fourDigits } from './round.ts';

/** The axis of a plot of ratios: where it begins and ends, and which instances lie beyond its beginning. */
export interface Axis {
  readonly kind: 'linear' | 'log';
  readonly from: number;
  readonly to: number;
  /** Smaller ratios are drawn at `from`. */
  readonly isCut: boolean;
}

const BINS = 60;
/** No bar is lower: a single instance among thousands stays visible. */
const LOWEST_BAR = 0.06;
/** Ratios closer together than this part of the largest one, but farther apart than that part, get a closer look. */
const CLOSE = 1 / 5;
const EQUAL = 1 / 1000;
/** A linear axis would press smaller ratios than this part of the largest one into its first bin. */
const LINEAR_REACH = 1 / 50;
const MOST_DECADES = 8;
const LOWEST_LINEAR = -1;

const sorted = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);
const quantile = (values: readonly number[], q: number): number | undefined =>
  values[Math.floor(q * (values.length - 1))];

/** A log axis where half of the positive ratios lie far below the largest one, a linear axis otherwise. */
export function axisFor(distributions: readonly Distribution[], marks: readonly number[]): Axis {
  const all = sorted(distributions.flatMap(({ ratios }) => ratios));
  const positive = all.filter((r) => r > 0);
  const to = Math.max(1, ...marks, all.at(-1) ?? 1);
  const quarter = quantile(positive, 0.25) ?? 1;
  if (positive.length > 0 && positive.length >= all.length / 2 && quarter < LINEAR_REACH * to) {
    const lowest = quantile(positive, 0.01) ?? quarter;
    const decades = Math.min(MOST_DECADES, Math.ceil(Math.log10(to / lowest)));
    const from = 10 ** (Math.ceil(Math.log10(to)) - decades);
    return { kind: 'log', from, to, isCut: (all[0] ?? from) < from };
  }
  const least = all[0] ?? 0;
  const spread = (to - least) / to;
  if (spread < CLOSE && spread > EQUAL) {
    return { kind: 'linear', from: to - Number((1.2 * (to - least)).toPrecision(1)), to, isCut: false };
  }
  const from = least >= 0 ? 0 : Math.max(LOWEST_LINEAR, least);
  return { kind: 'linear', from, to, isCut: least < from };
}

export interface Bar {
  readonly from: number;
  readonly to: number;
  /** Instances in this bin over those in the fullest bin of the family. */
  readonly height: number;
}

/** The bins of one family on the axis, empty ones left out. */
export function histogram(ratios: readonly number[], { kind, from, to }: Axis): readonly Bar[] {
  const place = (r: number): number =>
    kind === 'log'
      ? Math.log(Math.max(r, from) / from) / Math.log(to / from)
      : (Math.max(r, from) - from) / (to - from);
  const edge = (bin: number): number =>
    fourDigits(kind === 'log' ? from * (to / from) ** (bin / BINS) : from + ((to - from) * bin) / BINS);
  const counts = new Array<number>(BINS).fill(0);
  for (const ratio of ratios) {
    const bin = Math.min(BINS - 1, Math.floor(place(fourDigits(ratio)) * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const fullest = Math.max(...counts);
  return counts.flatMap((count, bin) =>
    count === 0
      ? []
      : [{ from: edge(bin), to: edge(bin + 1), height: fourDigits(Math.max(LOWEST_BAR, count / fullest)) }],
  );
}
