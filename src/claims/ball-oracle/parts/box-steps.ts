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

/** Nearly the argmin of <g, d> + factor d^T H d / 2 over the box. */
export function newtonStep(edges: Edges, x: readonly number[], factor: number, radius: number): readonly number[] {
  const all = flows(edges, x);
  return descended(x.length, radius, (d, i) => {
    let [slope, curvature] = [0, 0];
    for (const { from, to, weight, term } of all) {
      if (from !== i && to !== i) continue;
      const sign = from === i ? 1 : -1;
      slope += sign * (term - weight + factor * term * ((d[from] ?? 0) - (d[to] ?? 0)));
      curvature += factor * term;
    }
    return curvature > 0 ? (d[i] ?? 0) - slope / curvature : 0;
  });
}

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
