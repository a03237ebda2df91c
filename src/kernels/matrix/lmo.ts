import { type Arithmetic, FLOAT64 } from './arithmetic.ts';
import { leadingColumns, type Matrix, map, transpose, zeros } from './matrix.ts';
import { groupsOf, NORM_TABLE, type NormName, normScale } from './norm-table.ts';
import { factorsIn, polarOf } from './polar.ts';
import { dualVector } from './vector-norms.ts';

/**
 * radius · argmin of <M, Z> over N(Z) <= 1, rows × columns; 0 for M = 0.
 *
 * Groupwise: minus the dual vector of each group, divided by the scale of the norm. Where the minimiser is not unique: a zero entry,
 * row or column stays zero, the spectral family takes the compact polar factor (-U_r V_r^T), nuclear -u_1 v_1^T of the
 * decomposition at hand, otherwise the lowest index wins. Error: `lmoErrorBound`.
 * @throws RangeError unless radius >= 0 is finite, and on overflow.
 */
export function linearMinimiser(M: Matrix, name: NormName, radius: number, arithmetic: Arithmetic = FLOAT64): Matrix {
  const { round, format } = arithmetic;
  if (!(radius >= 0 && Number.isFinite(radius))) {
    throw new RangeError(`linearMinimiser: radius >= 0 and finite, got ${radius}`);
  }
  if (M.data.length === 0) return M;
  const rounded = map(M, round);
  const length = round(round(radius) / normScale(name, M, round));
  if (!(Number.isFinite(length) && rounded.data.every(Number.isFinite))) {
    throw new RangeError(`linearMinimiser: entries, radius and radius / scale in the range of ${format}, got overflow`);
  }
  // + 0: no negative zeros
  return map(steepest(rounded, name, arithmetic), (x) => 0 - round(length * x) + 0);
}

/** argmax of <M, Z> over the unit ball of the norm without its scale. */
function steepest(M: Matrix, name: NormName, arithmetic: Arithmetic): Matrix {
  const { groups, inner } = NORM_TABLE[name];
  if (groups === 'singular-values') {
    const factors = factorsIn(M, arithmetic);
    return inner === 'infinity' ? polarOf(factors, arithmetic) : leadingPair(M, factors, arithmetic);
  }
  const vectors = groupsOf(M, groups).map((group) => dualVector(group, inner, arithmetic.round));
  const columnwise = groups === 'columns';
  const result = columnwise ? zeros(M.columns, M.rows) : zeros(M.rows, M.columns);
  let offset = 0;
  for (const vector of vectors) {
    result.data.set(vector, offset);
    offset += vector.length;
  }
  return columnwise ? transpose(result) : result;
}

function leadingPair(M: Matrix, { left, values, right }: ReturnType<typeof factorsIn>, arithmetic: Arithmetic): Matrix {
  if (!((values[0] ?? 0) > 0)) return zeros(M.rows, M.columns);
  return arithmetic.multiply(leadingColumns(left, 1), transpose(leadingColumns(right, 1)));
}
