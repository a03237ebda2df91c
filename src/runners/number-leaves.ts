import { Rational } from '../kernels/exact/rational.ts';

/** One number of an instance. */
export interface Leaf {
  /** The path with every index of an array as `*`: leaves of one group mean the same kind of thing. */
  readonly group: string;
  readonly form: 'number' | 'fraction';
  readonly value: number;
}

const FRACTION = /^-?\d+(\/[1-9]\d*)?$/;

/** Significant bits of a changed fraction: enough to approach a supremum, few enough for exact arithmetic to stay quick. */
const BITS = 30;

function leafOf(value: unknown, group: string): Leaf | undefined {
  if (typeof value === 'number') return { group, form: 'number', value };
  if (typeof value !== 'string' || !FRACTION.test(value)) return undefined;
  const nearest = Rational.from(value).toNumber();
  return Number.isFinite(nearest) ? { group, form: 'fraction', value: nearest } : undefined;
}

/** Every number of an instance, in the order of its JSON text. */
export function numberLeaves(instance: unknown, group = ''): readonly Leaf[] {
  const leaf = leafOf(instance, group);
  if (leaf !== undefined) return [leaf];
  if (Array.isArray(instance)) return instance.flatMap((item) => numberLeaves(item, `${group}.*`));
  if (instance === null || typeof instance !== 'object') return [];
  return Object.entries(instance).flatMap(([key, item]) => numberLeaves(item, `${group}.${key}`));
}

/** A fraction string within 2^-BITS of the value, relatively. */
function fractionText(value: number): string {
  if (value === 0) return '0';
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const scale = 2 ** (BITS - exponent);
  const rounded = Number.isFinite(scale) && scale > 0 ? Math.round(value * scale) / scale : value;
  return Rational.from(Number.isFinite(rounded) ? rounded : value).toString();
}

/** The instance with some of its numbers, counted as `numberLeaves` counts them, replaced. */
export function withNumbers<I>(instance: I, changes: ReadonlyMap<number, number>): I {
  let at = 0;
  const rebuilt = (value: unknown): unknown => {
    const leaf = leafOf(value, '');
    if (leaf !== undefined) {
      const change = changes.get(at);
      at += 1;
      if (change === undefined) return value;
      return leaf.form === 'number' ? change : fractionText(change);
    }
    if (Array.isArray(value)) return value.map(rebuilt);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rebuilt(item)]));
  };
  return rebuilt(instance) as I;
}
