import type { Polynomial } from '../../../kernels/exact/polynomial.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { rationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { CUBIC, coefficientsAt, type Schedule } from '../../../kernels/matrix/coefficient-sets.ts';
import { oddPolynomial, worstErrors } from '../../../kernels/minimax/worst-error.ts';
import { greedyTriples } from './greedy.ts';
import { defect, imageOfPoint, METHODS } from './methods.ts';

/** A method with its maps in order; a step costs (degree + 1)/2 matrix products. */
export interface Curve {
  readonly method: string;
  readonly degree: 3 | 5;
  readonly maps: readonly Polynomial[];
}

export interface CurvePoint {
  readonly method: string;
  readonly products: number;
  readonly error: number;
}

/** Digits of the images that are drawn to four. */
const DRAWN_BITS = 64;

const repeated = (schedule: Schedule, steps: number): readonly Polynomial[] =>
  Array.from({ length: steps }, (_, k) => oddPolynomial(coefficientsAt(schedule, k)));

/** Every set of coefficients, as far as so many matrix products go; Polar Express is made for singular values in [made, 1]. */
export function allCurves(made: string, products: number): readonly Curve[] {
  const steps = { 3: Math.floor(products / 2), 5: Math.floor(products / 3) };
  const optimal = (degree: 3 | 5): readonly Polynomial[] =>
    greedyTriples({ lower: made, upper: '1', degree, steps: steps[degree] }).map(oddPolynomial);
  const quintic = (method: string, schedule: Schedule, most = steps[5]): Curve => ({
    method,
    degree: 5,
    maps: repeated(schedule, Math.min(most, steps[5])),
  });
  return [
    { method: 'Polar Express, degree 5', degree: 5, maps: optimal(5) },
    { method: 'Polar Express, degree 3', degree: 3, maps: optimal(3) },
    quintic('Polar Express as published', METHODS.published),
    quintic('… with safety factor', METHODS['published-safe']),
    quintic('Jordan', METHODS.jordan),
    quintic('You, 5 steps', METHODS.you, METHODS.you.length),
    quintic('You, 6 steps', METHODS['you-six'], METHODS['you-six'].length),
    quintic('(2, -3/2, 1/2)', METHODS.stable),
    quintic('Newton–Schulz, degree 5', METHODS['newton-schulz']),
    { method: 'Newton–Schulz, degree 3', degree: 3, maps: repeated(CUBIC, steps[3]) },
  ];
}

const point = ({ method, degree }: Curve, steps: number, error: number): CurvePoint => ({
  method,
  products: (steps * (degree + 1)) / 2,
  error: error === 0 ? 0 : Number(error.toPrecision(4)),
});

/** The worst spectral error on [lower, 1] after each step. */
export const worstCase = (curve: Curve, lower: string): readonly CurvePoint[] => [
  point(curve, 0, Rational.ONE.minus(Rational.from(lower)).toNumber()),
  ...worstErrors(curve.maps, rationalInterval(lower, 1), DRAWN_BITS).map(({ hi }, t) =>
    point(curve, t + 1, hi.toNumber()),
  ),
];

/** The root mean square of |1 - sigma| over the spectrum: the Frobenius error over that of zero. */
export const meanSquare = (curve: Curve, spectrum: readonly Rational[]): readonly CurvePoint[] =>
  Array.from({ length: curve.maps.length + 1 }, (_, t) => {
    const errors = spectrum.map((s) => defect(imageOfPoint(curve.maps.slice(0, t), s)).hi.toNumber());
    return point(curve, t, Math.sqrt(errors.reduce((sum, x) => sum + x * x, 0) / errors.length));
  });

/** 10^(-6 k/30) for k = 0, …, 30: the spectrum of the authors' synthetic matrix, thinned out. */
export const SYNTHETIC_SPECTRUM: readonly Rational[] = Array.from({ length: 31 }, (_, k) =>
  Rational.of(BigInt(Math.round(10 ** (9 - k / 5))), 10n ** 9n),
);
