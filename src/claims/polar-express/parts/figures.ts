import type { Figure } from '../../../claim/figure.ts';
import { allCurves, type CurvePoint, meanSquare, SYNTHETIC_SPECTRUM, worstCase } from './figure-curves.ts';

/** As many as eight quintic or twelve cubic steps cost; thirteen quintic ones where the spectrum is wider. */
const PRODUCTS = 24;
const PRODUCTS_WIDE = 39;
/** Where the logarithmic axes end. */
const LEAST = 1e-4;

const COLOURS = {
  'Polar Express, degree 5': '#D55E00',
  'Polar Express, degree 3': '#E69F00',
  'Polar Express as published': '#CC79A7',
  '… with safety factor': '#8a4a70',
  Jordan: '#0072B2',
  'You, 5 steps': '#56B4E9',
  'You, 6 steps': '#1b6f8f',
  '(2, -3/2, 1/2)': '#009E73',
  'Newton–Schulz, degree 5': '#333333',
  'Newton–Schulz, degree 3': '#999999',
} as const;

const lines = (points: readonly CurvePoint[], title: string, scale: object): object => ({
  width: 560,
  height: 320,
  background: 'white',
  data: { values: points },
  mark: { type: 'line', point: { size: 24, clip: true }, strokeWidth: 1.5, clip: true },
  encoding: {
    x: { field: 'products', type: 'quantitative', title: 'matrix products', axis: { tickMinStep: 3 } },
    y: { field: 'error', type: 'quantitative', title, scale, axis: { tickCount: 5, format: '~g' } },
    color: {
      field: 'method',
      type: 'nominal',
      title: null,
      sort: null,
      legend: { labelLimit: 0 },
      scale: { domain: Object.keys(COLOURS), range: Object.values(COLOURS) },
    },
  },
});

/** Zero has no place on a logarithmic axis; what is below its end is cut off. */
const LOGARITHMIC = { type: 'log', domain: [LEAST, 1.5] };
const drawn = (points: readonly CurvePoint[]): readonly CurvePoint[] => points.filter(({ error }) => error > 0);

/** A row a method: its error where so many products have been spent, or the last before. */
const table = (points: readonly CurvePoint[], columns: readonly number[]) => ({
  header: ['coefficients', ...columns.map((n) => `${n} products`)],
  rows: Object.keys(COLOURS).map((method) => [
    method,
    ...columns.map((n) => points.filter((p) => p.method === method && p.products <= n).at(-1)?.error ?? 1),
  ]),
});

function tuned(): Figure {
  const points = allCurves('1/1000', PRODUCTS).flatMap((curve) => worstCase(curve, '1/1000'));
  return {
    id: 'tuned',
    title: 'The worst case for singular values in [1/1000, 1], Polar Express made for them',
    caption:
      'Largest spectral error $\\|\\mathrm{polar}(M) - X\\|_{op}$ over all $M$ with $\\sigma(M) \\subset [10^{-3}, 1]$, from exact images of the interval; a quintic step ' +
      'costs three products, a cubic one two. The optimal maps are below everything else at every step, as they must be. The published ' +
      'list is not the optimal one: it is made with a cushion, and a little above. Jordan’s map never gets below 0.318.',
    drawing: { vegaLite: lines(drawn(points), 'worst spectral error (log scale)', LOGARITHMIC) },
    table: table(points, [6, 12, 15, 18]),
  };
}

function mistuned(): Figure {
  const points = allCurves('1/1000', PRODUCTS).flatMap((curve) => worstCase(curve, '1/2'));
  return {
    id: 'mistuned',
    title: 'The same maps on singular values in [1/2, 1]',
    caption:
      'A well-conditioned input, Polar Express still made for $l = 1/1000$: its maps are steep near 0 and send singular values near 1 down to ' +
      '$l_t$, so that its error falls as slowly as if the smallest ones were there. Newton–Schulz is ahead at every step, Jordan’s map and ' +
      'You’s lists at the first four. To outperform it must be tuned.',
    drawing: { vegaLite: lines(drawn(points), 'worst spectral error (log scale)', LOGARITHMIC) },
    table: table(points, [3, 6, 9, 12]),
  };
}

function frobenius(): Figure {
  const points = allCurves('1/1000000', PRODUCTS_WIDE).flatMap((curve) => meanSquare(curve, SYNTHETIC_SPECTRUM));
  return {
    id: 'frobenius',
    title: 'The Frobenius norm on the synthetic spectrum, Polar Express made for it',
    caption:
      'Root mean square of $|1 - \\sigma|$ over 31 singular values, evenly spaced on a logarithmic scale between $10^{-6}$ and 1, for which Polar ' +
      'Express is tuned. In this norm Jordan’s map is ahead for the first eight steps (24 products), and You’s lists are while they last: the optimal ' +
      'maps keep the smallest singular value as high as possible, at the price that others oscillate between $l_t$ and $2 - l_t$.',
    drawing: { vegaLite: lines(points, 'root mean square error', { domain: [0, 1] }) },
    table: table(points, [12, 24, 27, 33]),
  };
}

export const figures: readonly Figure[] = [tuned(), mistuned(), frobenius()];
