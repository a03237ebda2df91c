import { type Numeric, Rational } from './rational.ts';

export type RationalVector = readonly Rational[];
export type RationalRows = readonly RationalVector[];

const { ZERO } = Rational;

/** Entry i. @throws RangeError outside the vector. */
export function entryOf(v: RationalVector, i: number): Rational {
  const x = v[i];
  if (x === undefined) throw new RangeError(`entryOf: 0 <= index < ${v.length}, got ${i}`);
  return x;
}

const sameLength = (name: string, a: RationalVector, b: RationalVector): void => {
  if (a.length !== b.length) throw new TypeError(`${name}: equal lengths, got ${a.length} and ${b.length}`);
};

export const vectorFrom = (values: readonly Numeric[]): RationalVector => values.map((x) => Rational.from(x));

export function dot(a: RationalVector, b: RationalVector): Rational {
  sameLength('dot', a, b);
  return a.reduce((total, x, i) => {
    const y = entryOf(b, i);
    return x.sign() === 0 || y.sign() === 0 ? total : total.plus(x.times(y));
  }, ZERO);
}

export const squaredNorm = (a: RationalVector): Rational => dot(a, a);

export function sumOf(a: RationalVector, b: RationalVector): RationalVector {
  sameLength('sumOf', a, b);
  return a.map((x, i) => x.plus(entryOf(b, i)));
}

export function differenceOf(a: RationalVector, b: RationalVector): RationalVector {
  sameLength('differenceOf', a, b);
  return a.map((x, i) => x.minus(entryOf(b, i)));
}

export const multipleOf = (factor: Rational, a: RationalVector): RationalVector => a.map((x) => factor.times(x));

/** A v. */
export const applied = (A: RationalRows, v: RationalVector): RationalVector => A.map((row) => dot(row, v));

/** A^T v: the rows of A combined with the weights v (`columns` of them where A has no row). */
export function combined(A: RationalRows, v: RationalVector, columns: number): RationalVector {
  if (A.length !== v.length) throw new TypeError(`combined: one weight a row, got ${v.length} for ${A.length}`);
  return A.reduce<RationalVector>(
    (total, row, i) => {
      const weight = entryOf(v, i);
      return weight.sign() === 0 ? total : sumOf(total, multipleOf(weight, row));
    },
    Array.from({ length: columns }, () => ZERO),
  );
}

export const toNumbers = (v: RationalVector): readonly number[] => v.map((x) => x.toNumber());
