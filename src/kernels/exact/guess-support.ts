/**
 * A guess, in doubles, of the support of prox_gamma for max_i (a_i^T y + b_i): the same active-set method as the exact one,
 * ended after few rounds or where rounding leads it astray. Whatever comes out is checked exactly by the caller, so a wrong
 * guess costs time alone. `values` are a_i^T x + b_i.
 */
export function guessSupport(
  slopes: readonly (readonly number[])[],
  values: readonly number[],
  gamma: number,
  start: readonly number[],
): readonly number[] {
  const top = values.reduce((best, v, i) => (v > (values[best] ?? v) ? i : best), 0);
  let weights = new Map((start.length > 0 ? start : [top]).map((i, _, all) => [i, 1 / all.length]));
  for (let round = 0; round < 4 * slopes.length + 8; round++) {
    const support = [...weights.keys()];
    const solved = weightsOn(slopes, values, gamma, support);
    if (solved === undefined) break;
    const { target, level } = solved;
    let step = 1;
    for (const [k, i] of support.entries()) {
      const [from, to] = [weights.get(i) ?? 0, target[k] ?? 0];
      if (to <= 0) step = Math.min(step, from / (from - to));
    }
    const moved = support.map((i, k) => [i, (1 - step) * (weights.get(i) ?? 0) + step * (target[k] ?? 0)] as const);
    const kept = moved.filter(([, w]) => w > 2 ** -52);
    if (kept.length === 0) break;
    weights = new Map(kept);
    if (kept.length < support.length) continue;
    const move =
      slopes[0]?.map((_, j) => support.reduce((sum, i, k) => sum + (target[k] ?? 0) * (slopes[i]?.[j] ?? 0), 0)) ?? [];
    let [worst, highest] = [-1, level + 2 ** -46 * (Math.abs(level) + 1)];
    for (const [i, a] of slopes.entries()) {
      const value = (values[i] ?? 0) - gamma * a.reduce((sum, v, j) => sum + v * (move[j] ?? 0), 0);
      if (value > highest && !weights.has(i)) [worst, highest] = [i, value];
    }
    if (worst < 0) break;
    weights.set(worst, 0);
  }
  return [...weights.keys()];
}

/** lambda and L with gamma A_S A_S^T lambda + L 1 = values, sum of lambda = 1, by Gaussian elimination; undefined where singular. */
function weightsOn(
  slopes: readonly (readonly number[])[],
  values: readonly number[],
  gamma: number,
  support: readonly number[],
): { readonly target: readonly number[]; readonly level: number } | undefined {
  const active = support.map((i) => slopes[i] ?? []);
  const product = (a: readonly number[], b: readonly number[]): number =>
    gamma * a.reduce((sum, v, j) => sum + v * (b[j] ?? 0), 0);
  const rows = active.map((a, k) => [...active.map((b) => product(a, b)), 1, values[support[k] ?? 0] ?? 0]);
  rows.push([...support.map(() => 1), 0, 1]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let i = column; i < size; i++) {
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = i;
    }
    const [pivotRow, other] = [rows[best] ?? [], rows[column] ?? []];
    [rows[column], rows[best]] = [pivotRow, other];
    const pivot = pivotRow[column] ?? 0;
    if (pivot === 0) return undefined;
    for (const [i, row] of rows.entries()) {
      if (i === column) continue;
      const factor = (row[column] ?? 0) / pivot;
      if (factor !== 0) rows[i] = row.map((v, j) => v - factor * (pivotRow[j] ?? 0));
    }
  }
  const solution = rows.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1));
  return { target: solution.slice(0, -1), level: solution[size - 1] ?? 0 };
}
