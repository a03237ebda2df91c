import type { Numbers } from './numbers.ts';

/** x^exponent for an integer exponent >= 0 by repeated squaring (2 log2 exponent products; 1 for exponent 0). */
export function power<T>(numbers: Numbers<T>, x: T, exponent: number): T {
  let [result, square] = [numbers.of(1), x];
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = numbers.multiply(result, square);
    if (rest > 1) square = numbers.multiply(square, square);
  }
  return result;
}
