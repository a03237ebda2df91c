import type { Figure } from '../../../claim/figure.ts';
import { floatFunction } from '../../../methods/brox/float-function.ts';
import { prox } from '../../../methods/brox/prox.ts';
import { broximalPoint } from '../../../methods/broximal-point.ts';
import type { ConvexFunction } from '../../../problems/functions/convex-function.ts';

/** An ellipse as level set: x²/2 + 6 y²/2. */
const CURVATURES = [1, 6] as const;
const FUNCTION: ConvexFunction<number> = {
  kind: 'quadratic',
  matrix: [
    [CURVATURES[0], 0],
    [0, CURVATURES[1]],
  ],
  vector: [0, 0],
};
const START = [4, 1.9] as const;
const RADIUS = 1;
const PARAMETER = 0.5;

const [SCALE, PANEL, HEIGHT, MARGIN] = [74, 420, 330, 46] as const;
const [INK, PALE, BROXIMAL, PROXIMAL] = ['#333333', '#cccccc', '#0072B2', '#D55E00'] as const;

type Point = readonly number[];

/** Hundredths of a pixel. */
const pixel = (x: number): string => `${Math.round(x * 100) / 100 + 0}`;
const across = ([x = 0]: Point): number => MARGIN + x * SCALE;
const down = ([, y = 0]: Point): number => HEIGHT - 80 - y * SCALE;
const place = (p: Point): string => `cx="${pixel(across(p))}" cy="${pixel(down(p))}"`;

const levels = (values: readonly number[]): string =>
  values
    .map((value) => {
      const [rx, ry] = CURVATURES.map((a) => Math.sqrt((2 * value) / a) * SCALE);
      return `<ellipse ${place([0, 0])} rx="${pixel(rx ?? 0)}" ry="${pixel(ry ?? 0)}" fill="none" stroke="${PALE}"/>`;
    })
    .join('');

const path = (points: readonly Point[], colour: string): string =>
  `<polyline points="${points.map((p) => `${pixel(across(p))},${pixel(down(p))}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>` +
  points.map((p) => `<circle ${place(p)} r="3.5" fill="${colour}"/>`).join('');

const balls = (points: readonly Point[]): string =>
  points
    .map(
      (p) =>
        `<circle ${place(p)} r="${pixel(RADIUS * SCALE)}" fill="${BROXIMAL}" fill-opacity="0.06" stroke="${BROXIMAL}" stroke-opacity="0.5"/>`,
    )
    .join('');

/** The minimiser. */
const cross = (): string => {
  const [x, y] = [across([0, 0]), down([0, 0])];
  return `<path d="M${x - 6} ${y - 6}L${x + 6} ${y + 6}M${x - 6} ${y + 6}L${x + 6} ${y - 6}" stroke="${INK}" stroke-width="1.5"/>`;
};

/** A panel clips what it holds; levels and balls run out of it. */
const panel = (index: number, title: string, content: string): string =>
  `<svg x="${index * PANEL}" y="0" width="${PANEL - 12}" height="${HEIGHT}">${content}${cross()}` +
  `<text x="12" y="22" fill="${INK}" font-size="14">${title}</text></svg>`;

/** Runs of both methods from one point, drawn from their iterates. */
export function ballsFigure(): Figure {
  const run = broximalPoint(FUNCTION, START, new Array<number>(8).fill(RADIUS));
  const count = run.optimalAfter ?? run.points.length - 1;
  const broximal = run.points.slice(0, count + 1);
  const prepared = floatFunction(FUNCTION);
  const proximal: Point[] = [START];
  for (let k = 0; k < count; k += 1) proximal.push(prox(prepared, proximal[k] ?? START, PARAMETER).point);
  const contours = levels(broximal.map((p) => prepared.value(p)));
  const gap = prepared.value(proximal.at(-1) ?? START);
  return {
    id: 'balls',
    title: 'Balls and proximal steps',
    caption: `Level sets of $x^2/2 + 3y^2$ through the iterates of the broximal point method with $t = ${RADIUS}$ (left), each the best point of the ball around the one before; the cross is the minimiser, reached after ${count} steps. The proximal point method with $\\gamma = ${PARAMETER}$ from the same point (right) has a gap of ${gap.toPrecision(2)} after as many steps and never ends on this function.`,
    drawing: {
      svg:
        `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * PANEL}" height="${HEIGHT}" viewBox="0 0 ${2 * PANEL} ${HEIGHT}" font-family="Helvetica, Arial, sans-serif">` +
        `<rect width="${2 * PANEL}" height="${HEIGHT}" fill="#ffffff"/>` +
        panel(0, `broximal point, t = ${RADIUS}`, contours + balls(broximal.slice(0, -1)) + path(broximal, BROXIMAL)) +
        panel(1, `proximal point, γ = ${PARAMETER}`, contours + path(proximal, PROXIMAL)) +
        '</svg>',
    },
  };
}
