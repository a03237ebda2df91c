import fc from 'fast-check';
import { observeNothing } from '../../claim/ask.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import type { Polynomial } from '../../kernels/exact/polynomial.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { type RationalInterval, rationalInterval, toInterval } from '../../kernels/exact/rational-interval.ts';
import { oddPolynomial, worstErrors } from '../../kernels/minimax/worst-error.ts';
import { BITS } from './parts/best-error.ts';
import { greedyErrors, greedyTriples } from './parts/greedy.ts';
import { defect, imageOfPoint, type MethodId, mapsOfMethod, worstOfMethod } from './parts/methods.ts';
import { remembered } from './parts/remembered.ts';

/**
 * "When tuned properly, Polar Express outperforms the other methods at every iteration": true of the worst case in the spectral
 * norm when it is made for the lower end that the matrices have, and of nothing else.
 *
 * It is optimal among all sequences of odd quintics on [l, 1], so no other list can be better there after the same number of
 * steps; the ratio comes near 1 for the list that the authors publish. The three conditions in the sentence are needed: made for
 * 1/1000, it leaves an error of 0.97 after two steps on matrices with singular values above 1/2, where Newton–Schulz leaves 0.02;
 * and on the authors' own spectrum Jordan's map has the smaller Frobenius error for the first eight steps, because the optimal
 * maps send singular values to both ends of [l_t, 2 - l_t].
 */

interface Instance {
  /** The singular values lie in [lower, 1]. */
  readonly lower: string;
  /** The lower end for which Polar Express is made. */
  readonly made: string;
  readonly method: MethodId;
  readonly steps: number;
  /** Some singular values in [lower, 1]. */
  readonly spectrum: readonly string[];
}

/** The worst error and the maps. */
interface Observed {
  readonly worst: RationalInterval;
  readonly maps: readonly Polynomial[];
}

const ONE = Rational.ONE;
const enclosed = (x: RationalInterval): Enclosure => enclosing(toInterval(x));

/** Maps are computed for this many steps or more at once, so that all steps share them. */
const TOGETHER = 6;
const shared = (steps: number): number => Math.ceil(steps / TOGETHER) * TOGETHER;

const keyOf = (made: string, steps: number) => ({ lower: made, upper: '1', degree: 5, steps: shared(steps) }) as const;

const worstWhenMade = remembered(({ lower, made, steps }: { lower: string; made: string; steps: number }) =>
  worstErrors(greedyTriples(keyOf(made, steps)).map(oddPolynomial), rationalInterval(lower, 1), BITS),
);

function observed({ lower, made, steps }: Instance): Observed {
  const maps = greedyTriples(keyOf(made, steps)).slice(0, steps).map(oddPolynomial);
  const errors =
    lower === made ? greedyErrors(keyOf(made, steps)) : worstWhenMade({ lower, made, steps: shared(steps) });
  return { maps, worst: errors[steps - 1] ?? { lo: ONE, hi: ONE } };
}

const other = ({ lower, method, steps }: Instance): RationalInterval =>
  worstOfMethod({ method, lower, steps: shared(steps) })[steps - 1] ?? { lo: ONE, hi: ONE };

const largest = (values: readonly RationalInterval[]): RationalInterval => ({
  lo: Rational.max(Rational.ZERO, ...values.map(({ lo }) => lo)),
  hi: Rational.max(Rational.ZERO, ...values.map(({ hi }) => hi)),
});

/** ||I - f(S)||_F² on the spectrum. */
const squaredFrobenius = (maps: readonly Polynomial[], spectrum: readonly string[]): RationalInterval => {
  const errors = spectrum.map((s) => defect(imageOfPoint(maps, Rational.from(s))));
  return {
    lo: Rational.sum(errors.map(({ lo }) => lo.times(lo))),
    hi: Rational.sum(errors.map(({ hi }) => hi.times(hi))),
  };
};

/** l and 1, and 1, 2, 5 times the powers of ten in between. */
const spread = (lower: string): readonly string[] => {
  const l = Rational.from(lower);
  const values = Array.from({ length: 12 }, (_, k) => [1, 2, 5].map((n) => Rational.of(n, 10 ** (k + 1)))).flat();
  return [l, ...values.filter((x) => l.lessThan(x)), ONE].map((x) => x.toString());
};

const tuned = (lower: string, method: MethodId, steps: number): Instance => ({
  lower,
  made: lower,
  method,
  steps,
  spectrum: spread(lower),
});

/** The authors' synthetic spectrum, 31 instead of 1000 values between 1e-6 and 1: about 5 a decade. */
const LOGARITHMIC = Array.from({ length: 31 }, (_, k) =>
  Rational.of(BigInt(Math.round(10 ** (9 - k / 5))), 10n ** 9n).toString(),
);
const SYNTHETIC = '1/1000000';

export default defineClaim<Instance, Observed>({
  id: 'polar-express-vs-others',
  statement: String.raw`Let $0 < l < 1$ and let $p^*$ be the optimal composition of $t$ odd quintics on $[l, 1]$. Then for every $t$ and every method $f$ that
applies $t$ odd quintics, $\max_{\sigma(M) \subset [l, 1]} \|\mathrm{polar}(M) - p^*(M)\|_{op} \le \max_{\sigma(M) \subset [l, 1]} \|\mathrm{polar}(M) - f(M)\|_{op}$,
at the same number of matrix products: for Newton–Schulz, the map $2x - \tfrac32 x^3 + \tfrac12 x^5$, Jordan's and both of You's lists, and the published list of
Polar Express with and without safety factor. Two quintic steps beat three cubic ones, which cost as much. For $0 \le x \le l$,
$p^*(x)$ is at least the Newton–Schulz iterate.`,
  source: {
    paper: 'The Polar Express (Amsel et al. 2025)',
    locus: 'Figure 4 with its caption, section 5.1; the remark after Theorem 4.3',
    arxiv: '2505.16932',
    printed: 'corrected',
    erratum:
      'The caption says "at every iteration" without a norm and without a spectrum. As we read it, it holds for the worst case over [l, 1] in the spectral norm, with l the least singular value. It is contradicted for l = 1/1000 on singular values in [1/2, 1], and in the Frobenius norm on the synthetic spectrum of its left panel, for tuned l.',
  },
  assumptions: [
    {
      id: 'interval',
      text: '0 < l < 1',
      holds: ({ lower }) => Rational.from(lower).sign() > 0 && Rational.from(lower).lessThan(ONE),
    },
    { id: 'steps', text: 'at least one step', holds: ({ steps }) => Number.isInteger(steps) && steps >= 1 },
    { id: 'tuned', text: 'p* is made for [l, 1]', holds: ({ lower, made }) => lower === made },
    {
      id: 'spectrum',
      text: 'the singular values lie in [l, 1]',
      holds: ({ lower, spectrum }) =>
        spectrum.every((s) => Rational.from(lower).atMost(Rational.from(s)) && Rational.from(s).atMost(ONE)),
    },
  ],
  families: [
    {
      id: 'tuned',
      role: 'generic',
      arbitrary: fc
        .tuple(
          fc.constantFrom('1/10000', '1/1000', '1/40', '1/10', '1/2'),
          fc.constantFrom<MethodId[]>('newton-schulz', 'stable', 'jordan', 'you', 'you-six', 'published-safe'),
          fc.integer({ min: 1, max: TOGETHER }),
        )
        .map(([lower, method, steps]) => tuned(lower, method, steps)),
    },
    {
      id: 'synthetic',
      role: 'generic',
      instances: [1, 3, 5, 7, 9, 10, 11, 12].flatMap((steps) =>
        (['newton-schulz', 'jordan'] as const).map((method) => tuned(SYNTHETIC, method, steps)),
      ),
    },
    {
      // the cushioned list loses little, and the less the earlier
      id: 'published',
      role: 'extremal',
      instances: [1, 2, 3, 4, 5, 6].map((steps) => tuned('1/1000', 'published', steps)),
    },
  ],
  operations: [],
  observe: (instance) => observeNothing(observed(instance)),
  relation: 'at-most',
  measure: (_, { worst }) => enclosed(worst),
  bound: (instance) => enclosed(other(instance)),
  proof: [
    {
      id: 'this-spectrum',
      text: String.raw`\max_i |1 - p^*(\sigma_i)| \le \max_{[l,1]} |1 - p^*|`,
      lhs: ({ spectrum }, { maps }) =>
        enclosed(largest(spectrum.map((s) => defect(imageOfPoint(maps, Rational.from(s)))))),
      rhs: (_, { worst }) => enclosed(worst),
    },
    {
      id: 'attained-at-lower-end',
      text: String.raw`\max_{[l,1]} |1 - p^*| \le |1 - p^*(l)|: \text{ every matrix with a singular value } l \text{ has the worst error}`,
      lhs: (_, { worst }) => enclosed(worst),
      rhs: ({ lower }, { maps }) => enclosed(defect(imageOfPoint(maps, Rational.from(lower)))),
    },
    {
      id: 'three-cubics',
      text: String.raw`E_{2k} \text{ in degree 5 is at most } E_{3k} \text{ in degree 3}`,
      lhs: ({ steps }, { worst }) => (steps % 2 === 0 ? enclosed(worst) : exactly(0)),
      rhs: ({ made, steps }) => {
        if (steps % 2 === 1) return exactly(0);
        const cubics = greedyErrors({ lower: made, upper: '1', degree: 3, steps: (3 * shared(steps)) / 2 });
        return enclosed(cubics[(3 * steps) / 2 - 1] ?? { lo: ONE, hi: ONE });
      },
    },
    {
      id: 'below-the-lower-end',
      text: String.raw`f(x) \le p^*(x) \text{ at } x = l, l/2, l/16, \ f \text{ the Newton–Schulz iterate: no worse where } l \text{ was set too high}`,
      lhs: () => exactly(0),
      rhs: ({ lower, steps }, { maps }) => {
        const ahead = [1, 2, 16].map((n) => {
          const x = Rational.from(lower).dividedBy(Rational.of(n));
          const [ours, theirs] = [imageOfPoint(maps, x), imageOfPoint(mapsOfMethod('newton-schulz', steps), x)];
          return { lo: ours.lo.minus(theirs.hi), hi: ours.hi.minus(theirs.lo) };
        });
        return enclosed({
          lo: Rational.min(ONE, ...ahead.map(({ lo }) => lo)),
          hi: Rational.min(ONE, ...ahead.map(({ hi }) => hi)),
        });
      },
    },
  ],
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 0.999, family: 'published' },
  controls: [
    {
      id: 'every-matrix',
      mutation: 'dropped-assumption',
      belief: 'Polar Express made for l = 1/1000 outperforms Newton–Schulz on every matrix',
      drops: 'tuned',
      witness: { ...tuned('1/2', 'newton-schulz', 2), made: '1/1000' },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'tuned'),
        families: [
          {
            id: 'mistuned',
            role: 'generic',
            instances: (['newton-schulz', 'jordan'] as const).flatMap((method) =>
              ['1/40', '1/2'].map((lower) => ({ ...tuned(lower, method, 4), made: '1/1000' })),
            ),
          },
        ],
        tightness: { ...claim.tightness, family: 'mistuned' },
      }),
    },
    {
      id: 'lower-end-too-low',
      mutation: 'dropped-assumption',
      belief: 'A lower end that is ten times too low costs nothing',
      drops: 'tuned',
      witness: { ...tuned('1/40', 'jordan', 4), made: '1/1000' },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        assumptions: claim.assumptions.filter(({ id }) => id !== 'tuned'),
        families: [
          {
            id: 'too-low',
            role: 'generic',
            instances: ['1/10', '1/40'].map((lower) => ({ ...tuned(lower, 'jordan', 4), made: '1/1000' })),
          },
        ],
        tightness: { ...claim.tightness, family: 'too-low' },
      }),
    },
    {
      id: 'every-norm',
      mutation: 'as-printed',
      belief: 'Polar Express outperforms the other methods in the Frobenius norm too',
      witness: { ...tuned(SYNTHETIC, 'jordan', 4), spectrum: LOGARITHMIC },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        measure: ({ spectrum }, { maps }) => enclosed(squaredFrobenius(maps, spectrum)),
        bound: ({ method, steps, spectrum }) => enclosed(squaredFrobenius(mapsOfMethod(method, steps), spectrum)),
      }),
    },
    {
      id: 'by-a-hundredth',
      mutation: 'sharpened-constant',
      belief: 'The published list is a hundredth worse at least',
      witness: tuned('1/1000', 'published', 1),
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: (instance) => {
          const { lo, hi } = other(instance);
          const factor = Rational.of(99, 100);
          return enclosed({ lo: lo.times(factor), hi: hi.times(factor) });
        },
      }),
    },
  ],
});
