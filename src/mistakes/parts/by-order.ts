import type { Numbers } from '../../kernels/numbers/numbers.ts';
import type { MgupPieces } from './mgup-rule.ts';

/**
 * Amplified at the places j with order_j < K, where order is the argsort of the scores in descending order: the order of the
 * entries taken for their ranks.
 *
 * order_j < K where one of the entries 0, …, K - 1 has rank j, and entry i has rank j where it is among the j + 1 largest, not among
 * the j largest.
 */
export const byOrder: MgupPieces['chosen'] = (numbers, { data }, count, { amplified, damped }) => {
  const isEarly = largest(
    numbers,
    data.map((_, i) => numbers.of(-i)),
    count,
  );
  const isAmong = [...data, undefined].map((_, k) => largest(numbers, data, numbers.of(k)));
  return data.map((_, j) => {
    const [fewer, more] = [isAmong[j] ?? [], isAmong[j + 1] ?? []];
    const standing = isEarly.map((early, i) => {
      const [before, after] = [fewer[i] ?? early, more[i] ?? early];
      return numbers.multiply(early, numbers.subtract(after, before));
    });
    const found = standing.reduce((sum, x) => numbers.add(sum, x), numbers.of(0));
    return numbers.wherePositive(found, amplified, damped);
  });
};

/** 1 at the floor(count) largest scores, else 0. */
const largest = <T>(numbers: Numbers<T>, scores: readonly T[], count: T): readonly T[] =>
  numbers.whereLargest(scores, count, numbers.of(1), numbers.of(0));
