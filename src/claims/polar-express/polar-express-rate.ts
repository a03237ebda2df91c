import fc, { type Arbitrary } from 'fast-check';
import { ask } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { type Factored, factored, gridded, isFactored, matrixOf, scalar, spread } from '../../instances/spectra.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { type RationalInterval, toInterval } from '../../kernels/exact/rational-interval.ts';
import type { MinimaxDegree } from '../../kernels/minimax/odd-minimax-type.ts';
import { type NewtonSchulzInput, newtonSchulzOperation } from '../../operations/newton-schulz.ts';
import { greedyErrors, greedyTriples } from './parts/greedy.ts';
import { limitConstant, rateObligations } from './parts/rate-certificate.ts';
import { type Computed, polarDistance } from './parts/spectral-distance.ts';

/**
 * How fast Polar Express converges: the worst error after T steps is e^((q+1)^T), e = (u - l)/(u + l), up to a constant in the base.
 *
 * One step on [1 - e, 1 + e] leaves an error between c e^(q+1) and e^(q+1), c = 3/4 or 5/8: from below by a dual bound, from above by
 * the closed form (degree 3) and an explicit quintic. The next interval has e = E, so the bounds multiply out. The upper one is
 * approached as l/u tends to 0, the lower one as it tends to 1. The printed (1 - l²)^((q+1)^T) follows from e <= 1 - l²; it says nothing
 * where the method is used: for l = 1/1000 and five quintics it is 0.9998, e^243 is 0.62, and the truth is 0.113.
 */

interface Instance {
  /** sigma lies in [lower, 1]. */
  readonly lower: string;
  readonly degree: MinimaxDegree;
  readonly steps: number;
  readonly matrix: Factored;
}

const ONE = Rational.ONE;
const order = ({ degree }: Instance): number => (degree + 1) / 2;
const exponent = (instance: Instance): number => order(instance) ** instance.steps;
const lowerOf = ({ lower }: Instance): Rational => Rational.from(lower);
const enclosed = (x: RationalInterval): Enclosure => enclosing(toInterval(x));

/** e = (1 - l)/(1 + l). */
const halfWidth = (instance: Instance): Rational => {
  const l = lowerOf(instance);
  return ONE.minus(l).dividedBy(ONE.plus(l));
};
const rate = (instance: Instance): Rational => halfWidth(instance).power(exponent(instance));
/** (1 - l²)^k. */
const printed = (instance: Instance, k: number): Enclosure => exactly(ONE.minus(lowerOf(instance).power(2)).power(k));

const keyOf = ({ lower, degree, steps }: Instance) => ({ lower, upper: '1', degree, steps });
const worstAfter = (instance: Instance, steps: number): RationalInterval =>
  greedyErrors({ ...keyOf(instance), steps })[steps - 1] ?? { lo: ONE, hi: ONE };

/** 1 - f(l) for f the T-fold Newton–Schulz map of the degree, which increases on [0, 1]: its worst error. */
function newtonSchulzError(instance: Instance): Rational {
  let x = lowerOf(instance);
  for (let k = 0; k < instance.steps; k += 1) {
    const y = x.times(x);
    const h = instance.degree === 3 ? ['3/2', '-1/2'] : ['15/8', '-5/4', '3/8'];
    x = x.times(h.reduceRight((value, c) => value.times(y).plus(Rational.from(c)), Rational.ZERO));
  }
  return ONE.minus(x);
}

const DEGREES = fc.constantFrom<MinimaxDegree[]>(3, 5);
const GRID = 64;

/** Spectra in [l, 1] for a drawn l; more steps than this leave errors that single precision cannot tell from 0. */
const matrices: Arbitrary<Instance> = fc
  .tuple(fc.integer({ min: 1, max: GRID / 4 }), DEGREES, fc.integer({ min: 1, max: 2 }))
  .chain(([k, degree, steps]) =>
    factored(spread(gridded(k / GRID, 1, GRID))).map((matrix) => ({
      lower: Rational.of(k, GRID).toString(),
      degree,
      steps,
      matrix,
    })),
  );

/** The worst matrix of all: every singular value is l. */
const atLowerEnd = (lower: string, degree: MinimaxDegree, steps: number): Instance => ({
  lower,
  degree,
  steps,
  matrix: scalar(lower),
});

export default defineClaim<Instance, Computed>({
  id: 'polar-express-rate',
  statement: String.raw`Let $0 < l < u$, $d = 2q+1 \in \{3, 5\}$, $E_T$ the least $\max_{[l,u]} |1 - p|$ over compositions of $T$ odd polynomials of degree at
most $d$, $p^*$ the one that attains it, and $e = (u-l)/(u+l)$. Then $c^{((q+1)^T - 1)/q}\, e^{(q+1)^T} \le E_T \le e^{(q+1)^T}$ with $c = 3/4$
($d = 3$) and $c = 5/8$ ($d = 5$). If the singular values of $M$ lie in $[l, u]$ then $\|\mathrm{polar}(M) - p^*(M)\|_{op} \le E_T$. For $u = 1$ this is
at most $(1 - l^2)^{(q+1)^T}$.`,
  source: {
    paper: 'The Polar Express (Amsel et al. 2025)',
    locus: 'Theorem 4.3 and appendix B',
    arxiv: '2505.16932',
    printed: 'corrected',
    erratum:
      'Theorem 4.3 has the exponent (q+1)^T, which holds; the last lines of its proof in appendix B have (d+1)^T, which is contradicted at l = 9/10, T = 1 in both degrees, as we read it. The bound by (u-l)/(u+l) and the one from below are derived here.',
  },
  assumptions: [
    {
      id: 'lower-end',
      text: '0 < l < 1',
      holds: (instance) => lowerOf(instance).sign() > 0 && lowerOf(instance).lessThan(ONE),
    },
    { id: 'steps', text: 'at least one step', holds: ({ steps }) => Number.isInteger(steps) && steps >= 1 },
    { id: 'factors', text: 'M = U S V^T with orthonormal U, V', holds: ({ matrix }) => isFactored(matrix) },
    {
      id: 'spectrum',
      text: 'the singular values of M lie in [l, 1]',
      holds: (instance) =>
        instance.matrix.spectrum.every((s) => {
          const sigma = Rational.from(s);
          return lowerOf(instance).atMost(sigma) && sigma.atMost(ONE);
        }),
    },
  ],
  families: [
    { id: 'matrices', role: 'generic', arbitrary: matrices },
    {
      id: 'lower-end',
      role: 'generic',
      arbitrary: fc
        .tuple(fc.integer({ min: 1, max: GRID / 2 }), DEGREES, fc.integer({ min: 1, max: 2 }))
        .map(([k, degree, steps]) => atLowerEnd(Rational.of(k, GRID).toString(), degree, steps)),
    },
    {
      id: 'tiny-lower-end',
      role: 'extremal',
      instances: [2, 3, 4, 5].flatMap((k) =>
        ([3, 5] as const).flatMap((degree) => [1, 2, 3].map((steps) => atLowerEnd(`1/${10 ** k}`, degree, steps))),
      ),
    },
    {
      // errors down to 1e-11: e is small, and the ratio tends to 3/4 and 5/8
      id: 'narrow',
      role: 'extremal',
      instances: ['1/2', '9/10', '99/100', '999/1000'].flatMap((lower) => [
        atLowerEnd(lower, 3, 1),
        atLowerEnd(lower, 5, 1),
      ]),
    },
  ],
  operations: [newtonSchulzOperation],
  *observe(instance) {
    const { output, errorBound } = yield* ask(newtonSchulzOperation, {
      matrix: matrixOf(instance.matrix),
      coefficients: greedyTriples(keyOf(instance)),
      steps: instance.steps,
      normalisation: 'none',
      epsilon: 0,
    });
    return { rows: output.matrix, radius: errorBound };
  },
  relation: 'at-most',
  measure: ({ matrix }, computed) => polarDistance(computed, matrix),
  bound: (instance) => exactly(rate(instance)),
  proof: [
    {
      id: 'worst-case',
      text: String.raw`\|\mathrm{polar}(M) - p^*(M)\|_{op} \le E_T`,
      lhs: ({ matrix }, computed) => polarDistance(computed, matrix),
      rhs: (instance) => enclosed(worstAfter(instance, instance.steps)),
    },
    {
      id: 'last-step',
      text: String.raw`E_T \le E_{T-1}^{q+1}, \ E_0 = e`,
      lhs: (instance) => enclosed(worstAfter(instance, instance.steps)),
      rhs: (instance) => {
        const before = instance.steps > 1 ? worstAfter(instance, instance.steps - 1).lo : halfWidth(instance);
        return exactly(before.power(order(instance)));
      },
    },
    {
      id: 'from-below',
      text: String.raw`c^{((q+1)^T - 1)/q} e^{(q+1)^T} \le E_T`,
      lhs: (instance) => {
        const factors = (exponent(instance) - 1) / (order(instance) - 1);
        return exactly(limitConstant(instance.degree).power(factors).times(rate(instance)));
      },
      rhs: (instance) => enclosed(worstAfter(instance, instance.steps)),
    },
    {
      id: 'no-worse-than-newton-schulz',
      text: String.raw`E_T \le \max_{[l,1]} |1 - f| = 1 - f(l), \ f \text{ the } T\text{-fold Newton–Schulz map}`,
      lhs: (instance) => enclosed(worstAfter(instance, instance.steps)),
      rhs: (instance) => exactly(newtonSchulzError(instance)),
    },
    {
      id: 'printed-proof',
      text: String.raw`1 - f(l) \le (1 - l^2)^{(q+1)^T}`,
      lhs: (instance) => exactly(newtonSchulzError(instance)),
      rhs: (instance) => printed(instance, exponent(instance)),
    },
    {
      id: 'printed-form',
      text: String.raw`e^{(q+1)^T} \le (1 - l^2)^{(q+1)^T}`,
      lhs: (instance) => exactly(rate(instance)),
      rhs: (instance) => printed(instance, exponent(instance)),
    },
  ],
  exactness: { level: 'algebraic-proof', certify: () => ({ obligations: rateObligations() }) },
  tightness: { supremum: 1, floor: 0.9999, family: 'tiny-lower-end' },
  controls: [
    {
      id: 'exponent-d-plus-one',
      mutation: 'as-printed',
      belief: 'The error is at most (1 - l²)^((d+1)^T)',
      witness: atLowerEnd('9/10', 5, 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => printed(instance, (instance.degree + 1) ** instance.steps),
      }),
    },
    {
      id: 'exponent-q-plus-two',
      mutation: 'sharpened-constant',
      belief: 'Polar Express gains an order on Newton–Schulz: (1 - l²)^((q+2)^T)',
      witness: atLowerEnd('999/1000', 5, 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => printed(instance, (order(instance) + 1) ** instance.steps),
      }),
    },
    {
      id: 'one-part-in-a-thousand',
      mutation: 'sharpened-constant',
      belief: 'The bound e^((q+1)^T) has a constant to spare',
      witness: atLowerEnd('1/10000', 5, 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => exactly(rate(instance).times(Rational.of(999, 1000))),
      }),
    },
    {
      id: 'lower-end-too-high',
      mutation: 'dropped-assumption',
      belief: 'The lower end need not lie below the singular values',
      drops: 'spectrum',
      witness: { ...atLowerEnd('1/2', 5, 1), matrix: scalar('1/16') },
      mutate: (claim) => ({
        ...claim,
        assumptions: claim.assumptions.filter(({ id }) => id !== 'spectrum'),
        families: [
          {
            id: 'any-spectrum',
            role: 'generic',
            arbitrary: fc
              .tuple(DEGREES, factored(spread(gridded(1 / GRID, 1, GRID))))
              .map(([degree, matrix]) => ({ lower: '1/2', degree, steps: 1, matrix })),
          },
        ],
        tightness: { ...claim.tightness, family: 'any-spectrum' },
        proof: [],
      }),
    },
    {
      id: 'first-map-repeated',
      mutation: 'broken-subject',
      belief: 'The map of the first step serves for all of them',
      witness: atLowerEnd('1/4', 5, 2),
      mutate: (claim) =>
        tampered(claim, newtonSchulzOperation, (input: NewtonSchulzInput) =>
          newtonSchulzOperation.exact?.({ ...input, coefficients: input.coefficients.slice(0, 1) }),
        ),
    },
  ],
});
