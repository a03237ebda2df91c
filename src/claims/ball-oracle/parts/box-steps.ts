import { Rational } from '../../../kernels/exact/rational.ts';
import type { Edges } from './flow-potential.ts';

/** Sweeps of coordinate descent; what they leave is bounded by the caller, never assumed to be nothing. */
const SWEEPS = 2000;

interface Flow {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  /** weight exp(x_from - x_to). */
  readonly term: number;
}

const flows = (edges: Edges, x: readonly number[]): readonly Flow[] =>
  edges.map(({ from, to, weight }) => {
    const w = Rational.from(weight).toNumber();
    return { from, to, weight: w, term: w * Math.exp((x[from] ?? 0) - (x[to] ?? 0)) };
  });

/** Coordinate after coordinate to its best place in [-radius, radius], until nothing changes. */
function descended(size: number, radius: number, best: (d: readonly number[], i: number) => number): readonly number[] {
  const d = Array.from({ length: size }, () => 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let isStill = true;
    for (let i = 0; i < size; i++) {
      const next = Math.max(-radius, Math.min(radius, best(d, i)));
      if (next !== d[i]) isStill = false;
      d[i] = next;
    }
    if (isStill) break;
  }
  return d;
}

/**
 * The argmin of <g, d> + factor d^T H d / 2 over the box up to rounding: the best of all 3^size choices of coordinates at
 * either bound or free, cut to the box. Coordinate descent would need as many sweeps as H has condition.
 */
export function newtonStep(edges: Edges, x: readonly number[], factor: number, radius: number): readonly number[] {
  const size = x.length;
  const [slope, H] = [x.map(() => 0), x.map(() => x.map(() => 0))];
  for (const { from, to, weight, term } of flows(edges, x)) {
    for (const [i, j] of [
      [from, to],
      [to, from],
    ] as const) {
      slope[i] = (slope[i] ?? 0) + (i === from ? term - weight : weight - term);
      const row = H[i];
      if (row === undefined) continue;
      row[i] = (row[i] ?? 0) + factor * term;
      row[j] = (row[j] ?? 0) - factor * term;
    }
  }
  const value = (d: readonly number[]): number =>
    d.reduce((total, v, i) => total + v * ((slope[i] ?? 0) + dotProduct(H[i] ?? [], d) / 2), 0);
  let best: readonly number[] = x.map(() => 0);
  for (let choice = 0; choice < 3 ** size; choice++) {
    const sides = x.map((_, i) => (Math.floor(choice / 3 ** i) % 3) - 1);
    const d = cut(stationary(H, slope, sides, radius), radius);
    if (value(d) < value(best)) best = d;
  }
  return best;
}

/** Where the free coordinates (side 0) are stationary. With all of them free, shifts change nothing: the range is centred. */
function stationary(
  H: readonly (readonly number[])[],
  slope: readonly number[],
  sides: readonly number[],
  radius: number,
): readonly number[] {
  const areAllFree = sides.every((side) => side === 0);
  const free = sides.flatMap((side, i) => (side === 0 && !(areAllFree && i === 0) ? [i] : []));
  const fixed = sides.map((side) => side * radius);
  const rows = free.map((i) => [...free.map((j) => H[i]?.[j] ?? 0), -(slope[i] ?? 0) - dotProduct(H[i] ?? [], fixed)]);
  const solution = eliminated(rows);
  const d = fixed.map((v, i) => (free.includes(i) ? (solution[free.indexOf(i)] ?? 0) : v));
  const centre = areAllFree ? (Math.max(...d) + Math.min(...d)) / 2 : 0;
  return d.map((v) => v - centre);
}

/** The solution of a positive definite system [A | b] by elimination, which needs no pivots. */
function eliminated(rows: readonly (readonly number[])[]): readonly number[] {
  const n = rows.length;
  const A = rows.map((row) => [...row]);
  const at = (i: number, j: number): number => A[i]?.[j] ?? 0;
  for (let k = 0; k < n; k++) {
    for (let i = k + 1; i < n; i++) {
      const share = at(i, k) / at(k, k);
      A[i] = (A[i] ?? []).map((v, j) => v - share * at(k, j));
    }
  }
  const solution = Array.from({ length: n }, () => 0);
  for (let i = n - 1; i >= 0; i--) {
    const known = solution.reduce((total, v, j) => (j > i ? total + at(i, j) * v : total), 0);
    solution[i] = (at(i, n) - known) / at(i, i);
  }
  return solution;
}

/** A coordinate that is no number, of a graph in several parts, counts as 0. */
const cut = (d: readonly number[], radius: number): readonly number[] =>
  d.map((v) => (Number.isNaN(v) ? 0 : Math.max(-radius, Math.min(radius, v))));

const dotProduct = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((total, v, i) => total + v * (b[i] ?? 0), 0);

/** Nearly the argmin of f(x + d) over the box; a coordinate solves P e^s - Q e^-s = b, a quadratic in e^s. */
export function oracleStep(edges: Edges, x: readonly number[], radius: number): readonly number[] {
  const all = flows(edges, x);
  return descended(x.length, radius, (d, i) => {
    let [out, back, target] = [0, 0, 0];
    for (const { from, to, weight, term } of all) {
      if (from === i) [out, target] = [out + term * Math.exp(-(d[to] ?? 0)), target + weight];
      if (to === i) [back, target] = [back + term * Math.exp(d[from] ?? 0), target - weight];
    }
    if (out === 0) return back === 0 ? 0 : Math.log(back / -target);
    return Math.log((target + Math.sqrt(target * target + 4 * out * back)) / (2 * out));
  });
}
