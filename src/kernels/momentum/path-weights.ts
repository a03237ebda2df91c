import { around, type Interval, interval, multiply } from '../exact/interval.ts';
import { Rational } from '../exact/rational.ts';

/** Enclosures of (1 - 1/n)^quiet n^-pulses, the probability of one chain of steps. */
export function pathWeights(components: number): (quiet: number, pulses: number) => Interval {
  const quiet = powers(around(Rational.of(components - 1, components)));
  const pulse = powers(around(Rational.of(1, components)));
  return (still, pulses) => multiply(quiet(still), pulse(pulses));
}

/** Enclosures of the powers of a number; each one is made from the one before, once. */
export function powers(base: Interval): (exponent: number) => Interval {
  const known = [interval(1)];
  return (exponent) => {
    let last = known[known.length - 1] ?? interval(1);
    while (known.length <= exponent) {
      last = multiply(last, base);
      known.push(last);
    }
    return known[exponent] ?? last;
  };
}

/** numerator / denominator in [0, 1[ to 2^-60, outward; the integers may have thousands of digits. */
export function unitFraction([numerator, denominator]: readonly [bigint, bigint]): Interval {
  const scaled = (numerator << 60n) / denominator;
  return {
    lo: Rational.of(scaled, 1n << 60n).lowerDouble(),
    hi: Rational.of(scaled + 1n, 1n << 60n).upperDouble(),
  };
}
