import type { Figure, FigureTable } from '../../../claim/figure.ts';
import { log } from '../../../kernels/exact/elementary.ts';
import { around, divide } from '../../../kernels/exact/interval.ts';
import { squaredDistance } from './chain.ts';
import { chainCalls } from './chain-runs.ts';
import { type Fit, fittedSlope } from './fitted-slope.ts';

/** Three and a half decades of R/r. */
const SIZES = [4, 8, 16, 32, 64, 128, 256, 512, 1024];
const SPACING = 2;
const ALPHA = 1.5;

const PLAIN = 'broximal point method';
const ACCELERATED = 'accelerated';
const BOUND = 'N, the span lower bound';

interface Series {
  readonly name: string;
  readonly counts: readonly number[];
}

const distance = (size: number): number => Math.sqrt(squaredDistance(size, SPACING).toNumber());

const series = (): readonly Series[] => {
  const calls = SIZES.map((size) => chainCalls(size, SPACING, ALPHA));
  return [
    { name: PLAIN, counts: calls.map(({ plain }) => plain) },
    { name: ACCELERATED, counts: calls.map(({ accelerated }) => accelerated) },
    { name: BOUND, counts: SIZES },
  ];
};

const fitOf = (counts: readonly number[]): Fit =>
  fittedSlope(
    SIZES.map((size) => divide(log(around(squaredDistance(size, SPACING))), around(2))),
    counts.map((n) => log(around(n))),
  );

const middle = ({ lo, hi }: { readonly lo: number; readonly hi: number }): number => (lo + hi) / 2;

/** To three decimals, of the slope and of its error. */
const slopeText = (counts: readonly number[]): string => {
  const { slope, error } = fitOf(counts);
  return String.raw`$${middle(slope).toFixed(3)} \pm ${error.hi.toFixed(3)}$`;
};

/** The ends of the fitted line, in R/r and balls. */
const lineOf = ({ name, counts }: Series) => {
  const { slope, intercept } = fitOf(counts);
  const [first = 4, last = 4] = [SIZES[0], SIZES.at(-1)];
  return [first, last].map((size) => ({
    method: name,
    distance: distance(size),
    balls: Math.exp(middle(intercept) + middle(slope) * Math.log(distance(size))),
  }));
};

function exponents(): Figure {
  const all = series();
  const points = all.flatMap(({ name, counts }) =>
    counts.map((balls, k) => ({ method: name, distance: distance(SIZES[k] ?? 0), balls })),
  );
  const table: FigureTable = {
    header: ['$N$', '$R/r$', ...all.map(({ name }) => name)],
    rows: [
      ...SIZES.map((size, k) => [`${size}`, distance(size), ...all.map(({ counts }) => `${counts[k] ?? ''}`)]),
      [String.raw`slope $\pm$ standard error`, '', ...all.map(({ counts }) => slopeText(counts))],
    ],
  };
  const colour = {
    field: 'method',
    type: 'nominal',
    scale: { domain: [PLAIN, ACCELERATED, BOUND], range: ['#D55E00', '#0072B2', '#7F7F7F'] },
    legend: { title: null, orient: 'top', symbolType: 'circle', labelLimit: 300, symbolOpacity: 1 },
  };
  const x = {
    field: 'distance',
    type: 'quantitative',
    scale: { type: 'log', nice: false },
    title: 'R / r',
    axis: { tickCount: 5, format: '~s' },
  };
  const y = {
    field: 'balls',
    type: 'quantitative',
    scale: { type: 'log', nice: false },
    title: 'balls until one holds a minimiser',
    axis: { tickCount: 5, format: '~s' },
  };
  return {
    id: 'exponents',
    title: 'Balls against distance on the chain',
    caption: String.raw`Both methods start from $0$ on the chain $\max(\max_{i \le N}(x_i - 2ri), -2r(N+1))$ of $N = 4, \dots, 1024$ links, the accelerated one with $\alpha = 3/2$.
The lines are least-squares fits of the logarithms; the expected slopes are $1$ and $2/3$, up to a logarithm in the guarantee of the accelerated method.
No method whose queries lie in the span of its answers can be below $N$. The standard error is that of the fit: it measures how straight the points lie, the counts themselves have no noise.`,
    drawing: {
      vegaLite: {
        $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
        width: 480,
        height: 300,
        padding: 12,
        background: '#ffffff',
        config: {
          font: 'Helvetica, Arial, sans-serif',
          view: { stroke: null },
          axis: { gridColor: '#eeeeee', titleFontWeight: 'normal', titlePadding: 8 },
        },
        layer: [
          {
            data: { values: all.flatMap(lineOf) },
            mark: { type: 'line', strokeWidth: 1, opacity: 0.7 },
            encoding: { x, y, color: colour },
          },
          {
            data: { values: points },
            mark: { type: 'point', filled: true, size: 40, opacity: 1 },
            encoding: { x, y, color: colour },
          },
        ],
      },
    },
    table,
  };
}

export const figures: readonly Figure[] = [exponents()];
