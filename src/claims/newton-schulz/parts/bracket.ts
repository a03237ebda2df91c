import type { Enclosure } from '../../../claim/enclosure.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';

/** Binary digits behind the point of irrational constants and of rounded orbits: far below what a double resolves. */
export const BITS = 160;

export const point = (x: Rational): RationalInterval => ({ lo: x, hi: x });

/** Both ends rounded outward to multiples of 2^-BITS, so that they do not grow fivefold a step. */
export const outward = ({ lo, hi }: RationalInterval): RationalInterval => ({
  lo: lo.roundedDown(BITS),
  hi: hi.roundedUp(BITS),
});

/** The tightest enclosure by doubles; exact where the interval is a point. */
export function enclosed({ lo, hi }: RationalInterval): Enclosure {
  const ends = { lo: lo.lowerDouble(), hi: hi.upperDouble() };
  return lo.equals(hi) && ends.lo !== ends.hi ? { ...ends, at: lo.toString() } : ends;
}

/** |x - y| for x, y in the intervals. */
export function distance(x: RationalInterval, y: RationalInterval): RationalInterval {
  const [above, below] = [x.hi.minus(y.lo), y.hi.minus(x.lo)];
  return {
    lo: Rational.max(Rational.ZERO, above.negated(), below.negated()),
    hi: Rational.max(above.absolute(), below.absolute()),
  };
}

/** The largest of numbers >= 0; 0 of none. */
export const largest = (values: readonly RationalInterval[]): RationalInterval => ({
  lo: Rational.max(Rational.ZERO, ...values.map(({ lo }) => lo)),
  hi: Rational.max(Rational.ZERO, ...values.map(({ hi }) => hi)),
});

const DECIMALS = 30;
const SHOWN = Rational.of(10n ** BigInt(DECIMALS));
/** Fractions longer than this are shown as decimals. */
const READABLE = 40;

/** As a fraction where that is short, else to thirty decimals, rounded outward. */
export const shown = ({ lo, hi }: RationalInterval): string =>
  lo.equals(hi) && lo.toString().length < READABLE
    ? `${lo}`
    : `[${decimal(lo.times(SHOWN).floor())}, ${decimal(hi.times(SHOWN).ceiling())}]`;

/** Every number of the interval >= 0 has these leading decimals. */
export function beginsWith({ lo, hi }: RationalInterval, digits: string): boolean {
  const places = digits.length - 1 - digits.indexOf('.');
  const scaled = BigInt(digits.replace('.', ''));
  return [lo, hi].every((x) => x.times(Rational.of(10n ** BigInt(places))).floor() === scaled);
}

function decimal(scaled: bigint): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(DECIMALS + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}
