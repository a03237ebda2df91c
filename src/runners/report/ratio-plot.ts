import type { Role } from '../../claim/claim.ts';
import type { Dossier } from './dossier.ts';
import { axisFor, histogram } from './histogram.ts';
import { fourDigits, fourDigitText } from './round.ts';

/** Okabe and Ito's colours, which stay apart for the colour-blind. */
const COLOURS: Readonly<Record<Role, string>> = {
  generic: '#0072B2',
  degenerate: '#7F7F7F',
  adversarial: '#E69F00',
  extremal: '#009E73',
};
const WORST = '#D55E00';
const INK = '#333333';

const ROW = 46;
const WIDTH = 620;
/** A bar of a row reaches this far to the next row. */
const TALLEST = 0.72;

/** The ratio's distribution, a row a family, with the worst instance of each marked; undefined where no ratio was counted. */
export function ratioPlot(dossier: Dossier): object | undefined {
  const { distributions, supremum, tightest } = dossier;
  if (distributions.length === 0 || tightest === null) return undefined;
  const finite = typeof supremum === 'number' && Number.isFinite(supremum) ? supremum : undefined;
  const axis = axisFor(distributions, finite === undefined ? [] : [finite]);
  // Rows from top to bottom: the first family has the greatest height.
  const base = (index: number): number => distributions.length - 1 - index;
  const bars = distributions.flatMap(({ ratios, role }, index) =>
    histogram(ratios, axis).map((bar) => ({
      from: bar.from,
      to: bar.to,
      base: base(index),
      top: fourDigits(base(index) + bar.height * TALLEST),
      role,
    })),
  );
  const worst = distributions.map(({ ratios, family }, index) => ({
    ratio: fourDigits(Math.max(axis.from, ...ratios)),
    y: base(index),
    label: fourDigitText(Math.max(...ratios)),
    isTightest: family === tightest.family,
  }));
  const rows = distributions.map(({ family, role, subject, ratios }, index) => ({
    y: base(index),
    name: family,
    kind: `${role}, ${ON[subject]} ${ratios.length}`,
  }));
  const rules = [
    { at: 1, name: 'the bound', dash: 'no', lift: 0 },
    ...(finite === undefined || finite === 1
      ? []
      : [{ at: finite, name: `supremum ${fourDigitText(finite)}`, dash: 'yes', lift: -13 }]),
  ];
  const reach =
    axis.kind === 'linear' ? axis.to + (axis.to - axis.from) * 0.06 : axis.to * (axis.to / axis.from) ** 0.06;
  const x = {
    type: 'quantitative',
    scale: { type: axis.kind, domain: [axis.from, fourDigits(reach)], nice: false, zero: false },
    axis: {
      title: `${axis.kind === 'log' ? 'ratio (log scale' : 'ratio (linear scale'}${axis.isCut ? ', smaller ones drawn at the left end)' : ')'}`,
      grid: true,
      ...(axis.kind === 'log'
        ? { values: decades(axis.from, reach), labelExpr: "format(datum.value, datum.value < 0.001 ? '~e' : '~r')" }
        : { format: '~r', tickCount: 8 }),
    },
  } as const;
  const y = {
    type: 'quantitative',
    scale: { domain: [-0.08, distributions.length - 0.08], nice: false, zero: false },
    axis: null,
  } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: WIDTH,
    height: ROW * distributions.length,
    padding: 12,
    background: '#ffffff',
    title: {
      text: dossier.id,
      subtitle: SUBTITLE[dossier.relation],
      anchor: 'start',
      frame: 'group',
      fontSize: 15,
      subtitleFontSize: 11,
      color: INK,
      subtitleColor: '#666666',
      offset: 14 - Math.min(...rules.map(({ lift }) => lift)),
    },
    config: {
      font: 'Helvetica, Arial, sans-serif',
      view: { stroke: null },
      axis: {
        gridColor: '#eeeeee',
        domainColor: '#999999',
        tickColor: '#999999',
        labelColor: INK,
        titleColor: INK,
        titleFontWeight: 'normal',
        titlePadding: 8,
      },
    },
    layer: [
      {
        data: { values: bars },
        mark: { type: 'rect', opacity: 0.85 },
        encoding: {
          x: { field: 'from', ...x },
          x2: { field: 'to' },
          y: { field: 'base', ...y },
          y2: { field: 'top' },
          color: {
            field: 'role',
            type: 'nominal',
            scale: { domain: Object.keys(COLOURS), range: Object.values(COLOURS) },
            legend: null,
          },
        },
      },
      {
        data: { values: rows },
        mark: { type: 'rule', color: '#cccccc', strokeWidth: 1 },
        encoding: { y: { field: 'y', ...y } },
      },
      {
        data: { values: rules },
        mark: { type: 'rule', strokeWidth: 1.5 },
        encoding: {
          x: { field: 'at', ...x },
          strokeDash: {
            field: 'dash',
            type: 'nominal',
            scale: {
              domain: ['no', 'yes'],
              range: [
                [1, 0],
                [5, 4],
              ],
            },
            legend: null,
          },
          color: { value: INK },
        },
      },
      ...rules.map((rule) => ({
        data: { values: [rule] },
        mark: {
          type: 'text',
          align: 'right',
          baseline: 'bottom',
          dx: -2,
          dy: rule.lift - 3,
          fontSize: 10,
          color: INK,
          y: 0,
        },
        encoding: { x: { field: 'at', ...x }, text: { field: 'name' } },
      })),
      {
        data: { values: worst },
        mark: { type: 'point', shape: 'diamond', filled: true, stroke: '#ffffff', strokeWidth: 1 },
        encoding: {
          x: { field: 'ratio', ...x },
          y: { field: 'y', ...y },
          size: { condition: { test: 'datum.isTightest', value: 150 }, value: 60 },
          fill: { condition: { test: 'datum.isTightest', value: WORST }, value: '#888888' },
          opacity: { value: 1 },
        },
      },
      {
        data: { values: worst },
        mark: {
          type: 'text',
          align: 'left',
          baseline: 'bottom',
          x: WIDTH + 10,
          dy: -3,
          fontSize: 12,
          fontWeight: 'bold',
        },
        encoding: {
          y: { field: 'y', ...y },
          text: { field: 'label' },
          color: { condition: { test: 'datum.isTightest', value: WORST }, value: '#555555' },
        },
      },
      {
        data: { values: [{}] },
        mark: {
          type: 'text',
          align: 'left',
          baseline: 'bottom',
          x: WIDTH + 10,
          y: 0,
          dy: -3,
          fontSize: 10,
          color: '#666666',
        },
        encoding: { text: { value: 'largest' } },
      },
      {
        data: { values: rows },
        mark: {
          type: 'text',
          align: 'right',
          baseline: 'bottom',
          x: -12,
          dy: -16,
          fontSize: 12,
          fontWeight: 'bold',
          color: INK,
        },
        encoding: { y: { field: 'y', ...y }, text: { field: 'name' } },
      },
      {
        data: { values: rows },
        mark: { type: 'text', align: 'right', baseline: 'bottom', x: -12, dy: -3, fontSize: 10, color: '#666666' },
        encoding: { y: { field: 'y', ...y }, text: { field: 'kind' } },
      },
    ],
  };
}

/** The powers of ten on a log axis. */
const decades = (from: number, to: number): readonly number[] => {
  const [first, last] = [Math.round(Math.log10(from)), Math.floor(Math.log10(to))];
  return Array.from({ length: last - first + 1 }, (_, index) => fourDigits(10 ** (first + index)));
};

const SUBTITLE = {
  'at-most': 'measured / bound; 1 is equality',
  'at-least': 'bound / measured; 1 is equality',
  equals: 'measured / claimed; 1 is equality',
} as const;

const ON = { exact: 'exact on', reference: 'certified on', gpu: 'float32 on' } as const;
