import { gamma, UNIT_ROUNDOFF } from '../unit-roundoff.ts';
import { frobeniusUpperBound } from './euclidean-norm.ts';
import { identity, type Matrix, subtract } from './matrix.ts';
import { gramOfColumns } from './multiply.ts';

/**
 * A number that is certainly >= ||Q^T Q - I||_F.
 *
 * The computed Q^T Q is off by at most gamma_rows |Q|^T |Q| (Higham, Accuracy and Stability, section 3.5), whose
 * Frobenius norm is at most gamma_rows ||Q||_F^2; subtracting I rounds once more.
 */
export function orthonormalityDefect(Q: Matrix): number {
  const u = UNIT_ROUNDOFF.float64;
  const product = gramOfColumns(Q);
  const size = frobeniusUpperBound(Q) ** 2;
  const computed = frobeniusUpperBound(subtract(product, identity(Q.columns)));
  return (computed * (1 + 2 * u) + gamma(Q.rows + 1, u) * size) * (1 + gamma(8, u));
}
