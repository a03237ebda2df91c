import fc, { type Arbitrary } from 'fast-check';
import { ask } from '../../claim/ask.ts';
import type { Claim } from '../../claim/claim.ts';
import { defineClaim } from '../../claim/define.ts';
import { type Enclosure, enclosing, exactly } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { smallFraction } from '../../instances/dyadic.ts';
import {
  dyadicMatrix,
  type NumericRows,
  rankOneMatrix,
  scaledByPowersOfTwo,
  tieMatrix,
} from '../../instances/integer-matrix.ts';
import { absolute, add, around, multiply, squareRoot } from '../../kernels/exact/interval.ts';
import { type Numeric, Rational } from '../../kernels/exact/rational.ts';
import {
  dualNormEnclosure,
  type Enclosed,
  enclosedProduct,
  frobeniusConstantSquared,
  NORM_NAMES,
  type NormName,
  normEnclosure,
  toInterval,
} from '../../kernels/matrix/norm-enclosure.ts';
import { lmoOperation } from '../../operations/lmo.ts';

/**
 * The linear minimisation oracle of each of the twelve norms is feasible and attains the dual norm.
 *
 * Z = t lmo(M) minimises <M, Z> over N(Z) <= t, so <M, Z> = -t N*(M): the ratio is 1 on every instance, and no oracle that
 * shrinks, transposes or normalises by another norm can reach it while it stays feasible. Ties and null spaces leave a
 * whole face of minimisers (for M = 0 the whole ball), so Z is never compared entry by entry.
 */

interface Instance {
  readonly matrix: NumericRows;
  readonly norm: NormName;
  readonly radius: Numeric;
  /** c > 0 of the homogeneity lmo(c M) = lmo(M). */
  readonly factor: Numeric;
}

type Rows = readonly (readonly Rational[])[];

interface Observed {
  readonly oracle: Rows;
  readonly oracleError: number;
  readonly ofMultiple: Rows;
  readonly multipleError: number;
}

const rationals = (rows: NumericRows): Rows => rows.map((row) => row.map(Rational.from));
const shown = (value: Enclosed): Enclosure => (value instanceof Rational ? exactly(value) : enclosing(value));

/** -<M, Z>, off by at most sum |m_ij| times the error of an entry. */
function attained({ matrix }: Instance, oracle: Rows, error: number): Enclosed {
  const M = rationals(matrix).flat();
  const value = Rational.sum(M.map((m, k) => m.times(oracle.flat()[k] ?? Rational.ZERO))).negated();
  if (error === 0) return value;
  if (!Number.isFinite(error)) return { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY };
  return around(value, multiply(around(Rational.sum(M.map((m) => m.absolute()))), around(error)).hi);
}

/** N(Z), off by at most N of a matrix whose entries are the error: N is monotone in the absolute entries up to that. */
function sizeOf({ norm }: Instance, oracle: Rows, error: number): Enclosed {
  const size = normEnclosure(norm, oracle);
  if (error === 0) return size;
  if (!Number.isFinite(error)) return { lo: 0, hi: Number.POSITIVE_INFINITY };
  const all = oracle.map((row) => row.map(() => Rational.from(error)));
  const spread = toInterval(
    normEnclosure(norm === 'spectral' || norm === 'nuclear' || norm === 'rms-rms' ? 'entrywise-one' : norm, all),
  ).hi;
  // the spectral and the nuclear norm are at most the sum of the absolute entries; rms-rms has a factor sqrt(n/m) <= n
  const factor = norm === 'rms-rms' ? (oracle[0]?.length ?? 0) : 1;
  return add(toInterval(size), { lo: -spread * factor, hi: spread * factor });
}

const allowed = ({ matrix, norm, radius }: Instance): Enclosed =>
  enclosedProduct(Rational.from(radius), dualNormEnclosure(norm, rationals(matrix)));

const positive = (x: Numeric): boolean => Rational.from(x).sign() > 0;

const instances = (matrix: Arbitrary<NumericRows>, norms: readonly NormName[]): Arbitrary<Instance> =>
  fc.record({
    matrix,
    norm: fc.constantFrom(...norms),
    radius: smallFraction(8, 4).map((r) => Rational.from(r).absolute().plus(Rational.of(1, 8)).toString()),
    factor: smallFraction(8, 4).map((c) => Rational.from(c).absolute().plus(Rational.of(1, 8)).toString()),
  });

const MOST = { most: 5 };

/** The oracle of one norm alone. */
const onNorm = (norm: NormName) =>
  [{ id: 'dyadic', role: 'generic', arbitrary: instances(dyadicMatrix(MOST), [norm]) }] as const;

/** The claim asked of one norm alone, with another answer. */
const answering = (
  claim: Claim<Instance, Observed>,
  answer: (input: { readonly matrix: NumericRows; readonly radius: Numeric }) => Rows,
): Claim<Instance, Observed> =>
  tampered(
    { ...claim, proof: [] },
    lmoOperation,
    (input: { readonly matrix: NumericRows; readonly radius: Numeric }) => ({
      matrix: answer(input).map((row) => row.map((x) => x.toString())),
    }),
  );

/** -t sign(M). */
const signs = ({ matrix, radius }: { readonly matrix: NumericRows; readonly radius: Numeric }): Rows =>
  rationals(matrix).map((row) => row.map((x) => Rational.from(radius).times(Rational.of(-x.sign()))));

export default defineClaim<Instance, Observed>({
  id: 'lmo-dual-identity',
  statement: String.raw`For each of the twelve norms $N$ on $\mathbb{R}^{m \times n}$, every $M$ and $t \ge 0$: $Z = t\,\mathrm{lmo}(M)$ satisfies
$N(Z) \le t$ and $\langle M, Z \rangle = -t N^*(M)$, $t\,\mathrm{lmo}(cM)$ attains the same for $c > 0$, and
$|\langle A, M \rangle| \le N(A) N^*(M)$, $N^*(M) \le \rho \|M\|_F$ with $\rho$ as in the table of norms.`,
  source: {
    paper: 'Linear minimisation oracles (Bernstein and Newhouse; Pethick et al. 2025)',
    locus: 'algorithm of Muon, Scion and Gluon; Proposition 5 of Bernstein and Newhouse as quoted there',
    printed: 'holds',
  },
  assumptions: [
    {
      id: 'positive',
      text: 'radius > 0 and c > 0',
      holds: ({ radius, factor }) => positive(radius) && positive(factor),
    },
  ],
  families: [
    { id: 'dyadic', role: 'generic', arbitrary: instances(dyadicMatrix(MOST), NORM_NAMES) },
    { id: 'ties', role: 'degenerate', arbitrary: instances(tieMatrix(MOST), NORM_NAMES) },
    { id: 'rank-one', role: 'degenerate', arbitrary: instances(rankOneMatrix(MOST), NORM_NAMES) },
    {
      id: 'scales',
      role: 'adversarial',
      arbitrary: instances(scaledByPowersOfTwo(dyadicMatrix(MOST), 40), NORM_NAMES),
    },
    {
      id: 'zero-and-one-by-one',
      role: 'degenerate',
      instances: NORM_NAMES.flatMap((norm) => [
        {
          matrix: [
            [0, 0],
            [0, 0],
            [0, 0],
          ],
          norm,
          radius: 1,
          factor: 2,
        },
        { matrix: [[-3]], norm, radius: '1/3', factor: '1/7' },
      ]),
    },
  ],
  operations: [lmoOperation],
  *observe({ matrix, norm, radius, factor }) {
    const oracle = yield* ask(lmoOperation, { matrix, norm, radius });
    const multiple = rationals(matrix).map((row) => row.map((x) => x.times(Rational.from(factor)).toString()));
    const ofMultiple = yield* ask(lmoOperation, { matrix: multiple, norm, radius });
    return {
      oracle: rationals(oracle.output.matrix),
      oracleError: oracle.errorBound,
      ofMultiple: rationals(ofMultiple.output.matrix),
      multipleError: ofMultiple.errorBound,
    };
  },
  relation: 'equals',
  measure: (instance, { oracle, oracleError }) => shown(attained(instance, oracle, oracleError)),
  bound: (instance) => shown(allowed(instance)),
  proof: [
    {
      id: 'feasible',
      text: String.raw`N(Z) \le t`,
      lhs: (instance, { oracle, oracleError }) => shown(sizeOf(instance, oracle, oracleError)),
      rhs: ({ radius }) => exactly(radius),
    },
    {
      id: 'homogeneous',
      text: String.raw`t N^*(M) \le -\langle M, t\,\mathrm{lmo}(cM) \rangle`,
      lhs: (instance) => shown(allowed(instance)),
      rhs: (instance, { ofMultiple, multipleError }) => shown(attained(instance, ofMultiple, multipleError)),
    },
    {
      id: 'cauchy-schwarz',
      text: String.raw`|\langle A, M \rangle| \le N(A) N^*(M) \text{ for } A = M`,
      lhs: ({ matrix }) =>
        exactly(
          Rational.sum(
            rationals(matrix)
              .flat()
              .map((x) => x.times(x)),
          ),
        ),
      rhs: ({ matrix, norm }) =>
        shown(enclosedProduct(normEnclosure(norm, rationals(matrix)), dualNormEnclosure(norm, rationals(matrix)))),
    },
    {
      id: 'frobenius',
      text: String.raw`N^*(M) \le \rho \|M\|_F`,
      lhs: ({ matrix, norm }) => shown(dualNormEnclosure(norm, rationals(matrix))),
      rhs: ({ matrix, norm }) => {
        const rho = frobeniusConstantSquared(norm, matrix.length, matrix[0]?.length ?? 0);
        const square = Rational.sum(
          rationals(matrix)
            .flat()
            .map((x) => x.times(x)),
        ).times(rho);
        const root = square.squareRoot();
        return root === undefined ? enclosing(absolute(squareRoot(around(square)))) : exactly(root);
      },
    },
  ],
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.999, family: 'dyadic' },
  controls: [
    {
      id: 'sign-in-the-spectral-ball',
      mutation: 'broken-subject',
      belief: 'The sign matrix is an oracle of the spectral ball',
      witness: {
        matrix: [
          [1, 1],
          [1, 1],
        ],
        norm: 'spectral',
        radius: 1,
        factor: 2,
      },
      mutate: (claim) => {
        const mutant = answering(claim, signs);
        return {
          ...mutant,
          families: onNorm('spectral'),
          relation: 'at-most',
          measure: (i, { oracle }) => shown(normEnclosure(i.norm, oracle)),
          bound: ({ radius }) => exactly(radius),
        };
      },
    },
    {
      id: 'frobenius-normalised-step',
      mutation: 'broken-subject',
      belief: 'Dividing by the Frobenius norm is as good as orthogonalising',
      witness: {
        matrix: [
          [1, 0],
          [0, 1],
        ],
        norm: 'spectral',
        radius: 1,
        factor: 2,
      },
      mutate: (claim) =>
        answering({ ...claim, families: onNorm('spectral') }, ({ matrix, radius }) => {
          const rows = rationals(matrix);
          const square = Rational.sum(rows.flat().map((x) => x.times(x)));
          // any point of norm below the normalised one will do as a mutant: an upper bound of the norm keeps it feasible
          const [, above] = square.squareRootBounds(60);
          return rows.map((row) =>
            row.map((x) => (above.sign() === 0 ? x : x.times(Rational.from(radius)).dividedBy(above).negated())),
          );
        }),
    },
    {
      id: 'inverted-rms-scale',
      mutation: 'broken-subject',
      belief: 'The scale of the RMS-to-RMS oracle is sqrt(n/m)',
      witness: { matrix: [[1], [2], [2], [0]], norm: 'rms-rms', radius: 1, factor: 2 },
      mutate: (claim) =>
        tampered(
          {
            ...claim,
            proof: [],
            families: [{ id: 'dyadic', role: 'generic', arbitrary: instances(dyadicMatrix(MOST), ['rms-rms']) }],
          },
          lmoOperation,
          ({ matrix }: { readonly matrix: NumericRows }, { matrix: oracle }: { readonly matrix: NumericRows }) => ({
            matrix: rationals(oracle).map((row) =>
              row.map((x) => x.times(Rational.of(matrix[0]?.length ?? 1, matrix.length)).toString()),
            ),
          }),
        ),
    },
    {
      id: 'transposed-dual',
      mutation: 'sharpened-constant',
      belief: 'The dual of the column norm is the sum of the row norms',
      witness: { matrix: [[3, 4]], norm: 'column', radius: 1, factor: 2 },
      mutate: (claim) => ({
        ...claim,
        proof: [],
        bound: ({ matrix, norm, radius }) =>
          shown(
            enclosedProduct(
              Rational.from(radius),
              dualNormEnclosure(norm === 'column' ? 'row' : norm, rationals(matrix)),
            ),
          ),
      }),
    },
    {
      id: 'ascent',
      mutation: 'broken-subject',
      belief: 'The oracle points along the gradient',
      witness: { matrix: [[2, -1]], norm: 'max-entry', radius: 1, factor: 2 },
      mutate: (claim) =>
        answering(claim, (input) => signs({ ...input, radius: Rational.from(input.radius).negated().toString() })),
    },
  ],
});
