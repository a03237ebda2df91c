import { expanded } from './expansion.ts';
import { vanishesOnGrid } from './grid-check.ts';
import { parseRational } from './rational-expression.ts';

/**
 * Whether a rational expression such as "(x+y)^2 - x^2 - 2x*y - y^2" is 0 for all values of its variables where it is
 * defined; decided exactly, in two independent ways.
 *
 * First by expansion of its numerator into normal form, then by evaluation on a grid that is larger than its degrees
 * (`vanishesOnGrid` says why that is a proof too). Both share no more than the parser, that of mathjs, and the rational
 * numbers. `rationalize` of mathjs decides nothing: it leaves x*y + y*x - 2*x*y as it is, and takes seconds for
 * binomials to the fourth.
 * @throws RangeError for what is no rational expression, and where a denominator is identically 0.
 */
export function expandsToZero(expression: string): boolean {
  const parsed = parseRational(expression);
  const isZero = expanded(parsed).numerator.isZero();
  if (isZero !== vanishesOnGrid(parsed)) {
    throw new Error(`expandsToZero: expansion and grid agree, got a contradiction for ${expression}; this is a bug`);
  }
  return isZero;
}

/** Whether two rational expressions are equal wherever both are defined. @throws RangeError as `expandsToZero`. */
export const isIdentity = (left: string, right: string): boolean => expandsToZero(`(${left}) - (${right})`);
