import { exp } from '../../../kernels/exact/elementary.ts';
import {
  absolute,
  add,
  around,
  type Interval,
  multiply,
  square,
  subtract,
  sum,
} from '../../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';

/** The term weight * exp(z_from - z_to), weight > 0. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly weight: Numeric;
}

/**
 * f(z) = sum of w exp(z_i - z_j) - <b, z> over the edges, b the gradient of the sum at 0: convex, and least at 0 and its shifts.
 * Matrix balancing is the case of a circulation, where b = 0; matrix scaling that of a bipartite graph.
 */
export type Edges = readonly Edge[];

const ZERO: Interval = { lo: 0, hi: 0 };

const across = (z: readonly Rational[], { from, to }: Edge): Rational =>
  (z[from] ?? Rational.ZERO).minus(z[to] ?? Rational.ZERO);
const term = (z: readonly Rational[], edge: Edge): Interval =>
  multiply(around(edge.weight), exp(around(across(z, edge))));

/** f(z) - f(0) = sum of w (exp(d) - 1 - d). */
export const excessAt = (edges: Edges, z: readonly Rational[]): Interval =>
  sum(
    edges.map((edge) =>
      subtract(term(z, edge), around(Rational.from(edge.weight).times(Rational.ONE.plus(across(z, edge))))),
    ),
  );

/** Collects what each edge adds at its one end and takes at its other. */
function gathered(edges: Edges, size: number, flow: (edge: Edge) => Interval): readonly Interval[] {
  const total: Interval[] = Array.from({ length: size }, () => ZERO);
  for (const edge of edges) {
    const value = flow(edge);
    total[edge.from] = add(total[edge.from] ?? ZERO, value);
    total[edge.to] = subtract(total[edge.to] ?? ZERO, value);
  }
  return total;
}

export const gradientAt = (edges: Edges, z: readonly Rational[]): readonly Interval[] =>
  gathered(edges, z.length, (edge) => subtract(term(z, edge), around(edge.weight)));

/** d^T H(z) d. */
export const curvatureAt = (edges: Edges, z: readonly Rational[], d: readonly Rational[]): Interval =>
  sum(edges.map((edge) => multiply(term(z, edge), square(around(across(d, edge))))));

/** g + factor H(z) d, the gradient of the model at d. */
export const modelGradient = (
  edges: Edges,
  z: readonly Rational[],
  d: readonly Rational[],
  factor: Interval,
): readonly Interval[] =>
  gathered(edges, z.length, (edge) =>
    add(
      subtract(term(z, edge), around(edge.weight)),
      multiply(factor, multiply(term(z, edge), around(across(d, edge)))),
    ),
  );

export const productWith = (a: readonly Interval[], d: readonly Rational[]): Interval =>
  sum(a.map((x, i) => multiply(x, around(d[i] ?? Rational.ZERO))));

/** <g, d> + r |g|_1 >= h(d) - min of h over the box of radius r, for the gradient g of a convex h at d. */
export const boxGap = (gradient: readonly Interval[], d: readonly Rational[], radius: number): Interval =>
  add(productWith(gradient, d), multiply(around(radius), sum(gradient.map(absolute))));
