import { type Numeric, Rational } from './rational.ts';

/**
 * A polynomial in named variables over Q, held in normal form: two of them are equal as functions exactly if they have
 * the same terms. An identity between rational functions is decided by multiplying out the denominators.
 */
export class Multivariate {
  /** Coefficient by monomial; a monomial is "x^2*y", variables in alphabetical order, "" for 1. No zero coefficient. */
  readonly #terms: ReadonlyMap<string, Rational>;

  private constructor(terms: ReadonlyMap<string, Rational>) {
    this.#terms = terms;
  }

  static constant(value: Numeric | Rational): Multivariate {
    const c = value instanceof Rational ? value : Rational.from(value);
    return new Multivariate(c.sign() === 0 ? new Map() : new Map([['', c]]));
  }

  static variable(name: string): Multivariate {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name))
      throw new RangeError(`Multivariate.variable: an identifier, got ${name}`);
    return new Multivariate(new Map([[name, Rational.ONE]]));
  }

  plus(other: Multivariate | Numeric): Multivariate {
    const terms = new Map(this.#terms);
    for (const [monomial, c] of lifted(other).#terms) accumulate(terms, monomial, c);
    return new Multivariate(terms);
  }

  minus(other: Multivariate | Numeric): Multivariate {
    return this.plus(lifted(other).times(-1));
  }

  times(other: Multivariate | Numeric): Multivariate {
    const terms = new Map<string, Rational>();
    for (const [m, c] of this.#terms) {
      for (const [n, d] of lifted(other).#terms) accumulate(terms, product(m, n), c.times(d));
    }
    return new Multivariate(terms);
  }

  /** this^exponent for an integer exponent >= 0. */
  power(exponent: number): Multivariate {
    if (!Number.isInteger(exponent) || exponent < 0) {
      throw new RangeError(`Multivariate.power: an integer exponent >= 0, got ${exponent}`);
    }
    let result = Multivariate.constant(1);
    for (let k = 0; k < exponent; k += 1) result = result.times(this);
    return result;
  }

  isZero(): boolean {
    return this.#terms.size === 0;
  }

  equals(other: Multivariate): boolean {
    return this.minus(other).isZero();
  }

  /** Every coefficient is >= 0: nonnegative wherever all its variables are. */
  hasNonNegativeCoefficients(): boolean {
    return [...this.#terms.values()].every((c) => c.sign() >= 0);
  }

  /** The value where every variable is given. @throws RangeError where one is missing. */
  at(values: Readonly<Record<string, Rational>>): Rational {
    return Rational.sum(
      [...this.#terms].map(([monomial, c]) =>
        factors(monomial).reduce((value, [name, exponent]) => {
          const x = values[name];
          if (x === undefined) throw new RangeError(`Multivariate.at: a value for ${name}, got none`);
          return value.times(x.power(exponent));
        }, c),
      ),
    );
  }

  toString(): string {
    if (this.isZero()) return '0';
    return [...this.#terms].map(([monomial, c]) => (monomial === '' ? `${c}` : `${c}*${monomial}`)).join(' + ');
  }
}

const lifted = (value: Multivariate | Numeric): Multivariate =>
  value instanceof Multivariate ? value : Multivariate.constant(value);

function accumulate(terms: Map<string, Rational>, monomial: string, c: Rational): void {
  const total = (terms.get(monomial) ?? Rational.ZERO).plus(c);
  if (total.sign() === 0) terms.delete(monomial);
  else terms.set(monomial, total);
}

const factors = (monomial: string): readonly (readonly [string, number])[] =>
  monomial === ''
    ? []
    : monomial.split('*').map((factor) => {
        const [name = '', exponent = '1'] = factor.split('^');
        return [name, Number(exponent)] as const;
      });

function product(a: string, b: string): string {
  const exponents = new Map<string, number>();
  for (const [name, e] of [...factors(a), ...factors(b)]) exponents.set(name, (exponents.get(name) ?? 0) + e);
  return [...exponents]
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([name, e]) => (e === 1 ? name : `${name}^${e}`))
    .join('*');
}
