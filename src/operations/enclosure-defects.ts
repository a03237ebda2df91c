import type { Defect } from './defect.ts';
import type { MomentumLawInput } from './momentum-law.ts';
import type { Doubles } from './operation.ts';

/** Named enclosures of exact values. */
type Enclosures = Readonly<Record<string, readonly number[]>>;

/** Up to these components and this momentum the operations on the momentum promise enclosures no wider than that. */
const PROMISE = { components: 50, momentum: 0.95, width: 0.01 };

/**
 * What defines the enclosures [lo, hi] of exact values: lo <= hi, the exact value in them, and the width that is promised.
 *
 * Ours contain the exact value too, so the two have a point in common; a gap between them refutes the other, or us. No rounding
 * excuses any of it: an enclosure is rounded outwards.
 */
export function enclosureDefects(
  { components, momentum }: Doubles<MomentumLawInput>,
  ours: Enclosures,
  given: Enclosures,
): readonly Defect[] {
  const isPromised = components <= PROMISE.components && momentum <= PROMISE.momentum;
  return Object.entries(ours).flatMap(([name, [lo = Number.NaN, hi = Number.NaN]]) => {
    const [low = Number.NaN, high = Number.NaN] = given[name] ?? [];
    return [
      atMost(`${name}: lo, at most hi`, high, low),
      atMost(`${name}: lo, at most the exact value`, hi, low),
      atLeast(`${name}: hi, at least the exact value`, lo, high),
      ...(isPromised ? [atMost(`${name}: hi - lo`, PROMISE.width, high - low)] : []),
    ];
  });
}

const atMost = (text: string, expected: number, got: number): Defect => ({
  text,
  expected,
  got,
  miss: Math.max(0, got - expected),
  bound: 0,
});

const atLeast = (text: string, expected: number, got: number): Defect => ({
  text,
  expected,
  got,
  miss: Math.max(0, expected - got),
  bound: 0,
});
