import type { Dossier } from './dossier.ts';
import { COLOURS, INK, PALE_INK, STYLE, WORST } from './plot-style.ts';
import { ratioRows } from './ratio-rows.ts';
import { fourDigits } from './round.ts';

const ROW = 46;
const WIDTH = 620;

/** The ratio's distribution, a row a family, with the worst instance of each marked; undefined where no ratio was counted. */
export function ratioPlot(dossier: Dossier): object | undefined {
  const drawn = ratioRows(dossier);
  if (drawn === undefined) return undefined;
  const { axis, bars, worst, names, rules } = drawn;
  const reach =
    axis.kind === 'linear' ? axis.to + (axis.to - axis.from) * 0.06 : axis.to * (axis.to / axis.from) ** 0.06;
  const x = {
    type: 'quantitative',
    scale: {
      type: axis.kind,
      domain: [axis.from, fourDigits(reach)],
      nice: false,
      ...(axis.kind === 'linear' ? { zero: false } : {}),
    },
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
    scale: { domain: [-0.08, names.length - 0.08], nice: false, zero: false },
    axis: null,
  } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: WIDTH,
    height: ROW * names.length,
    title: {
      text: dossier.id,
      subtitle: SUBTITLE[dossier.relation],
      offset: 14 - Math.min(...rules.map(({ lift }) => lift)),
    },
    ...STYLE,
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
        data: { values: names },
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
          color: PALE_INK,
        },
        encoding: { text: { value: 'largest' } },
      },
      {
        data: { values: names },
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
        data: { values: names },
        mark: { type: 'text', align: 'right', baseline: 'bottom', x: -12, dy: -3, fontSize: 10, color: PALE_INK },
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
