import type { Role } from '../../claim/claim.ts';
import type { Dossier } from './dossier.ts';
import { type Axis, axisFor, histogram } from './histogram.ts';
import { fourDigits, fourDigitText } from './round.ts';

/** What a plot of ratios draws, in the numbers of its axes: a row a family, the first one highest. */
export interface RatioRows {
  readonly axis: Axis;
  readonly bars: readonly {
    readonly from: number;
    readonly to: number;
    readonly base: number;
    readonly top: number;
    readonly role: Role;
  }[];
  readonly worst: readonly {
    readonly ratio: number;
    readonly y: number;
    readonly label: string;
    readonly isTightest: boolean;
  }[];
  readonly names: readonly { readonly y: number; readonly name: string; readonly kind: string }[];
  /** Vertical lines, each with the height of its name above the plot. */
  readonly rules: readonly {
    readonly at: number;
    readonly name: string;
    readonly dash: 'no' | 'yes';
    readonly lift: number;
  }[];
}

/** A bar of a row reaches this far to the next row. */
const TALLEST = 0.72;
const LINE = 13;

const ARITHMETIC = { exact: 'exact', reference: 'in float64', gpu: 'in float32' } as const;

/** Undefined where no ratio was counted. */
export function ratioRows({ distributions, supremum, tightest }: Dossier): RatioRows | undefined {
  if (distributions.length === 0 || tightest === null) return undefined;
  const finite = typeof supremum === 'number' && Number.isFinite(supremum) ? supremum : undefined;
  const axis = axisFor(distributions, finite === undefined ? [] : [finite]);
  const base = (index: number): number => distributions.length - 1 - index;
  return {
    axis,
    bars: distributions.flatMap(({ ratios, role }, index) =>
      histogram(ratios, axis).map(({ from, to, height }) => ({
        from,
        to,
        base: base(index),
        top: fourDigits(base(index) + height * TALLEST),
        role,
      })),
    ),
    worst: distributions.map(({ ratios, family }, index) => ({
      ratio: fourDigits(Math.max(axis.from, ...ratios)),
      y: base(index),
      label: fourDigitText(Math.max(...ratios)),
      isTightest: family === tightest.family,
    })),
    names: distributions.map(({ family, role, subject, ratios }, index) => ({
      y: base(index),
      name: family,
      kind: `${role}, ${ratios.length} ${ARITHMETIC[subject]}`,
    })),
    rules: [
      { at: 1, name: 'the bound', dash: 'no', lift: 0 },
      ...(finite === undefined || finite === 1
        ? []
        : [{ at: finite, name: `supremum ${fourDigitText(finite)}`, dash: 'yes' as const, lift: -LINE }]),
    ],
  };
}
