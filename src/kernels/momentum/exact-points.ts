import { Rational } from '../exact/rational.ts';

/**
 * A point y = numerator / (q beta^level) that a chain of exact steps of the functional equation has led to, where b =
 * beta / 2^e and q is the denominator of the first point; `quiet` and `pulses` count the steps of either kind.
 */
export interface ExactPoint {
  readonly numerator: bigint;
  readonly quiet: number;
  readonly pulses: number;
}

/** Beyond this number of pending points of one level the grid answers: the cost stays in the milliseconds. */
const MOST_POINTS = 4096;
/** 2^-512 is less than the grid can resolve, and the numbers of this level have 53 · 512 bits. */
const MOST_LEVELS = 512;

/** Learns of the ends of the chains: the steps that led there and y as the fraction [numerator, denominator], 0 < y < 1. */
export interface Visitor {
  /** y < 1 <= y / b: the quiet argument has left the interval (the pulse argument is still followed). */
  beyond(point: ExactPoint, y: readonly [bigint, bigint]): void;
  /** No further step is taken from y. */
  pending(point: ExactPoint, y: readonly [bigint, bigint]): void;
}

/**
 * Takes exact steps y -> y/b (quiet) and y -> (y-(1-b))/b (pulse) from a point 0 <= y < 1, level by level, while few points
 * are pending. Below 0 nothing is left (F = 0 there); the pulse argument stays below 1 because y does.
 *
 * Every level divides what the grid's error is worth by 1/b, and for b <= 1/2 the two arguments are never both inside, so
 * that one point stays pending and the law is known to all digits; the steep steps of a singular law do no harm.
 * @throws RangeError unless 0 <= y < 1 and 0 < momentum < 1.
 */
export function followExactly(start: Rational, momentum: number, visitor: Visitor): void {
  const b = Rational.from(momentum);
  if (b.sign() <= 0 || Rational.ONE.atMost(b)) throw new RangeError(`followExactly: 0 < momentum < 1, got ${momentum}`);
  if (start.sign() < 0 || Rational.ONE.atMost(start)) throw new RangeError(`followExactly: 0 <= y < 1, got ${start}`);
  const [beta, two] = [b.numerator, b.denominator];
  let denominator = start.denominator;
  let level: readonly ExactPoint[] = [{ numerator: start.numerator, quiet: 0, pulses: 0 }];
  for (let depth = 0; depth < MOST_LEVELS && level.length > 0 && 2 * level.length <= MOST_POINTS; depth += 1) {
    const next: ExactPoint[] = [];
    const wider = denominator * beta;
    const shift = (two - beta) * denominator;
    for (const point of level) {
      const scaled = point.numerator * two;
      if (scaled >= wider) visitor.beyond(point, [point.numerator, denominator]);
      else next.push({ numerator: scaled, quiet: point.quiet + 1, pulses: point.pulses });
      if (scaled > shift) next.push({ numerator: scaled - shift, quiet: point.quiet, pulses: point.pulses + 1 });
    }
    denominator = wider;
    // F(0) = 0, and so is its integral
    level = next.filter(({ numerator }) => numerator > 0n);
  }
  for (const point of level) visitor.pending(point, [point.numerator, denominator]);
}
