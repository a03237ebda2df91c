import fc, { type Arbitrary } from 'fast-check';
import { dyadic, smallFraction } from '../../../instances/dyadic.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import {
  dualNormEnclosure,
  type Enclosed,
  type NormName,
  normEnclosure,
  toInterval,
} from '../../../kernels/matrix/norm-enclosure.ts';
import { hessianTimes, layerGradient, type QuadraticLayer, rationals } from '../../../problems/layered-quadratic.ts';
import { smoothnessBound } from './norms.ts';

/** One layer with its norm, its constants, its start and a direction along which the gradient does not change. */
export interface DescentLayer extends QuadraticLayer {
  readonly norm: NormName;
  readonly l0: Numeric;
  readonly l1: Numeric;
  readonly start: readonly Numeric[];
  /** v with H v = 0, so that |<C, v>| / N(v) is a lower bound on the dual norm of every gradient; absent where none is needed. */
  readonly flat?: readonly Numeric[];
}

export interface DescentInstance {
  readonly layers: readonly DescentLayer[];
}

type Rows = readonly (readonly Rational[])[];

export const toRows = (layer: QuadraticLayer, x: readonly Rational[]): Rows =>
  Array.from({ length: layer.rows }, (_, i) => x.slice(i * layer.columns, (i + 1) * layer.columns));

export const startOf = (layer: DescentLayer): readonly Rational[] => rationals(layer.start);

export const gradientOf = (layer: DescentLayer): Rows => toRows(layer, layerGradient(layer, startOf(layer)));

/** g_i: the dual norm of the gradient at the start. */
export const gradientNorm = (layer: DescentLayer): Enclosed => dualNormEnclosure(layer.norm, gradientOf(layer));

/** A lower bound on the dual norm of the gradient at every point, from the flat direction. */
function leastGradientNorm(layer: DescentLayer): Rational {
  if (layer.flat === undefined) return Rational.ZERO;
  const v = rationals(layer.flat);
  if (hessianTimes(layer, v).some((h) => h.sign() !== 0)) return Rational.ZERO;
  const slope = Rational.sum(v.map((x, i) => x.times(Rational.from(layer.linear[i] ?? 0)))).absolute();
  const size = Rational.from(toInterval(normEnclosure(layer.norm, toRows(layer, v))).hi);
  return size.sign() === 0 ? Rational.ZERO : slope.dividedBy(size);
}

/** ||grad f(X) - grad f(Y)||* <= (L0 + L1 ||grad f(X)||*) ||X - Y|| for all X, Y: sufficient and decided exactly. */
export function isGeneralisedSmooth(layer: DescentLayer): boolean {
  const hessian = layer.hessian.map(rationals);
  const curvature = smoothnessBound(layer.norm, layer.rows, layer.columns, hessian);
  const allowed = Rational.from(layer.l0).plus(Rational.from(layer.l1).times(leastGradientNorm(layer)));
  return curvature.atMost(allowed);
}

const zeroExcept = (size: number, i: number, j: number, value: Numeric): readonly (readonly Numeric[])[] =>
  Array.from({ length: size }, (_, r) => Array.from({ length: size }, (_, c) => (r === i && c === j ? value : 0)));

/** L = L0 + L1 g. */
const curvatureAt = (g: Rational, l0: Rational, l1: Rational): string => l0.plus(l1.times(g)).toString();

/**
 * f = -g x_1 + (L/2) x_2² from x_2 = -delta: the step of the sign family moves both coordinates at once, and the second one
 * costs the most that smoothness allows. Every gradient has norm at least g, so L = L0 + L1 g is allowed everywhere.
 */
export function signExtremal(
  norm: 'max-entry' | 'spectral',
  g: Rational,
  l0: Rational,
  l1: Rational,
  delta: Rational,
): DescentLayer {
  const curvature = curvatureAt(g, l0, l1);
  const [rows, last] = norm === 'spectral' ? [2, 3] : [1, 1];
  const vector = (first: string, second: string): readonly string[] =>
    norm === 'spectral' ? [first, '0', '0', second] : [first, second];
  return {
    norm,
    rows,
    columns: 2,
    hessian: zeroExcept(last + 1, last, last, curvature),
    linear: vector(g.negated().toString(), '0'),
    l0: l0.toString(),
    l1: l1.toString(),
    start: vector('0', delta.negated().toString()),
    flat: vector('1', '0'),
  };
}

/** f = (L/2)(x_1 - x_2)² - g (x_1 + x_2) from 0: the greedy step moves one coordinate. */
export function greedyExtremal(g: Rational, l0: Rational, l1: Rational): DescentLayer {
  const curvature = curvatureAt(g, l0, l1);
  const minus = Rational.from(curvature).negated().toString();
  const slope = g.negated().toString();
  return {
    norm: 'entrywise-one',
    rows: 1,
    columns: 2,
    hessian: [
      [curvature, minus],
      [minus, curvature],
    ],
    linear: [slope, slope],
    l0: l0.toString(),
    l1: l1.toString(),
    start: ['0', '0'],
    flat: ['1', '1'],
  };
}

/** f = <C, X> + sum a_j x_j² / 2 with L0 between 9/8 and 2 times its own smoothness (at 1 a 1×1 layer attains equality) and any L1. */
export function diagonalQuadratic(norms: readonly NormName[]): Arbitrary<DescentLayer> {
  return fc
    .record({
      norm: fc.constantFrom(...norms),
      rows: fc.integer({ min: 1, max: 3 }),
      columns: fc.integer({ min: 1, max: 3 }),
      spare: fc.integer({ min: 9, max: 16 }),
      l1: fc.oneof(fc.constant('0'), dyadic(0, 4)),
      curvatures: fc.array(dyadic(0, 4), { minLength: 9, maxLength: 9 }),
      linear: fc.array(smallFraction(8, 4), { minLength: 9, maxLength: 9 }),
      start: fc.array(smallFraction(8, 4), { minLength: 9, maxLength: 9 }),
    })
    .map(({ norm, rows, columns, spare, l1, curvatures, linear, start }) => {
      const size = rows * columns;
      const entries = (values: readonly string[]): readonly string[] => values.slice(0, size);
      const hessian = Array.from({ length: size }, (_, i) =>
        Array.from({ length: size }, (_, j) => (i === j ? (curvatures[i] ?? '0') : '0')),
      );
      const bound = smoothnessBound(norm, rows, columns, hessian.map(rationals));
      return {
        norm,
        rows,
        columns,
        hessian,
        linear: entries(linear),
        // a layer of curvature 0 still needs one positive constant
        l0: bound.sign() === 0 ? '1/8' : bound.times(Rational.of(spare, 8)).toString(),
        l1,
        start: entries(start),
      };
    });
}
