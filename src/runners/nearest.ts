import { closest } from 'fastest-levenshtein';
import { got, UsageError } from './usage-error.ts';

/** The one of the known names that was meant. @throws UsageError that suggests the nearest. */
export function known<T extends string>(place: string, what: string, name: string, names: readonly T[]): T {
  const found = names.find((candidate) => candidate === name);
  if (found !== undefined) return found;
  const nearest = names.length === 0 ? '' : `; the nearest is ${closest(name, names as T[])}`;
  throw new UsageError(`${place}: required ${what}, got ${got(name)}${nearest}`);
}
