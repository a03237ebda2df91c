import type { FloatFormat } from '../../kernels/matrix/arithmetic.ts';
import { euclideanNorm } from '../../kernels/matrix/euclidean-norm.ts';
import { fallingRoot } from './falling-root.ts';
import { type ProximalPath, plainProxError, type Slack } from './proximal-path.ts';
import { dotProduct } from './vectors.ts';

/** The gradient at x in an orthonormal basis of eigenvectors of the Hessian. */
export interface Spectrum {
  readonly basis: readonly (readonly number[])[];
  /** >= 0; 0 where an eigenvalue counts as 0, and then the slope does not change with x. */
  readonly eigenvalues: readonly number[];
  readonly slopes: readonly number[];
  slack(format: FloatFormat, t: number): Slack;
}

/**
 * The path of a quadratic: x - prox_{1/c}(x) = (H + cI)^-1 g, whose coordinates h_i / (lambda_i + c) fall in c each. The
 * radius is met where their norm is t (the secular equation), by bisection, since the norm falls in c; the classical hard
 * case of trust regions needs a negative eigenvalue.
 */
export function spectralPath(x: readonly number[], spectrum: Spectrum): ProximalPath {
  const { basis, eigenvalues, slopes } = spectrum;
  const moves = (c: number): readonly number[] => slopes.map((h, i) => (h === 0 ? 0 : h / ((eigenvalues[i] ?? 0) + c)));
  const at = (c: number): readonly number[] => {
    const sizes = moves(c);
    return x.map(
      (v, j) =>
        v -
        dotProduct(
          sizes,
          basis.map((q) => q[j] ?? 0),
        ),
    );
  };
  const distance = (c: number): number => euclideanNorm(moves(c));
  const path: ProximalPath = {
    at,
    distance: (c) => (c === 0 && isUnbounded(spectrum) ? Number.POSITIVE_INFINITY : distance(c)),
    nearest: () => at(0),
    holdsMinimiser: (t) => !isUnbounded(spectrum) && distance(0) <= t,
    step: (t) => {
      // |(H + cI)^-1 g| <= |g| / c
      const c = fallingRoot(distance, t, 0, euclideanNorm(slopes) / t);
      return { parameter: c, multiplier: c, point: at(c) };
    },
    spread: (low, high) => {
      if (low === 0 && isUnbounded(spectrum)) return Number.POSITIVE_INFINITY;
      const [far, near] = [moves(low), moves(high)];
      return euclideanNorm(far.map((v, i) => v - (near[i] ?? 0)));
    },
    multipliers: (low, high) => [low, high],
    slack: (format, t) => spectrum.slack(format, t),
    prox: (gamma) => at(1 / gamma),
    proxError: (gamma, format) => plainProxError(path, gamma, format),
  };
  return path;
}

/** A slope along which the function is linear: it has no minimiser. */
const isUnbounded = ({ eigenvalues, slopes }: Spectrum): boolean =>
  slopes.some((h, i) => h !== 0 && eigenvalues[i] === 0);
