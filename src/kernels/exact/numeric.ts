import { decompose } from './next-double.ts';

/** A JSON value that stands for a real number: a double (its exact value), or a fraction string such as "29/3" or "-1". */
export type Numeric = number | string;

const FRACTION = /^-?\d+(\/[1-9]\d*)?$/;

/**
 * The exact value of a double or of a fraction string; doubles come in lowest terms, strings as they are written.
 * @throws RangeError for NaN, infinities and other strings.
 */
export function fractionOf(value: Numeric): { readonly numerator: bigint; readonly denominator: bigint } {
  if (typeof value === 'string') {
    if (!FRACTION.test(value))
      throw new RangeError(`Rational.from: a fraction string p or p/q, got ${JSON.stringify(value)}`);
    const [p = '0', q = '1'] = value.split('/');
    return { numerator: BigInt(p), denominator: BigInt(q) };
  }
  if (!Number.isFinite(value)) throw new RangeError(`Rational.from: a finite number, got ${value}`);
  if (Number.isInteger(value)) return { numerator: BigInt(value), denominator: 1n };
  const { mantissa, exponent } = decompose(value);
  return { numerator: BigInt(mantissa), denominator: 1n << BigInt(-exponent) };
}
