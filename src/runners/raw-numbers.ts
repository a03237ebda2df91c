import { placeOf } from '../operations/verdict/numbers-in.ts';
import { got, UsageError } from './usage-error.ts';

const FRACTION = /^-?\d+(\/\d+)?$/;

/** No operation nests its input deeper. */
const DEEPEST = 32;

/**
 * What the schemas leave open because they serve the exact arithmetic too, and what they would answer with a million
 * complaints: numbers beyond the doubles, fractions where they do not belong, text among numbers, endless nesting.
 * @throws UsageError at the first such place.
 */
export function assertRawNumbers(input: unknown, fractions: 'allowed' | 'refused'): void {
  const path: (string | number)[] = [];
  const refuse = (required: string, value: unknown): never => {
    throw new UsageError(`${placeOf(path)}: required ${required}, got ${got(value)}`);
  };
  const visit = (value: unknown): void => {
    if (path.length > DEEPEST) refuse(`nesting of at most ${DEEPEST} levels`, value);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new UsageError(`${placeOf(path)}: required a finite number, got one too large for a double`);
    }
    if (typeof value === 'string' && fractions === 'refused' && FRACTION.test(value)) {
      throw new UsageError(
        `${placeOf(path)}: required a number (fractions as text need --precision exact), got ${got(value)}`,
      );
    }
    if (value === null || typeof value !== 'object') return;
    const first = Array.isArray(value) ? value[0] : undefined;
    for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
      path.push(key);
      const isOther = typeof first === 'number' && typeof item !== 'number';
      if (isOther && (fractions === 'refused' || typeof item !== 'string' || !FRACTION.test(item))) {
        refuse('a finite number', item);
      }
      visit(item);
      path.pop();
    }
  };
  visit(input);
}
