import type { Leaf } from './number-leaves.ts';
import type { Random } from './random.ts';

/** A change of some numbers of an instance: each becomes factor · value + shift. */
export type Move = ReadonlyMap<number, { readonly factor: number; readonly shift: number }>;

/** The groups that hold real numbers: fractions, and numbers that were seen with a fractional part. All others are counts. */
export function realGroups(leaves: readonly Leaf[], known: Set<string>): void {
  for (const { group, form, value } of leaves) {
    if (form === 'fraction' || !Number.isInteger(value)) known.add(group);
  }
}

/** One number, one group, all, or a random half of the numbers. */
function chosen(leaves: readonly Leaf[], random: Random): readonly number[] {
  const all = leaves.map((_, at) => at);
  const one = random.below(leaves.length);
  const how = random.uniform();
  if (how < 0.45) return [one];
  if (how < 0.7) return all.filter((at) => leaves[at]?.group === leaves[one]?.group);
  if (how < 0.85) return all;
  return [one, ...all.filter((at) => at !== one && random.uniform() < 0.5)];
}

/** Strides from the eleventh binary digit up to a factor of eight, every scale equally often. */
export const anyStride = (random: Random): number => 2 ** (random.uniform() * 14 - 11);

/** What one number gains another of its group loses: the way along a constraint on a sum. */
function transfer(leaves: readonly Leaf[], from: number, amount: number, random: Random): Move | undefined {
  const alike = leaves.flatMap(({ group }, at) => (at !== from && group === leaves[from]?.group ? [at] : []));
  const to = alike[random.below(alike.length)];
  if (to === undefined) return undefined;
  return new Map([
    [from, { factor: 1, shift: -amount }],
    [to, { factor: 1, shift: amount }],
  ]);
}

const TRANSFERS = 0.2;

/** A random change of about this relative size. Strides of counts are whole numbers. */
export function randomMove(
  leaves: readonly Leaf[],
  { isReal, size, random }: { isReal(leaf: Leaf): boolean; readonly size: number; readonly random: Random },
): Move {
  const common = random.normal() * size;
  const giver = random.below(leaves.length);
  const given = leaves[giver];
  if (given !== undefined && isReal(given) && random.uniform() < TRANSFERS) {
    const move = transfer(leaves, giver, common * (Math.abs(given.value) || 1), random);
    if (move !== undefined) return move;
  }
  const how = random.uniform();
  const typical = Math.max(...leaves.filter(isReal).map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
  return new Map(
    chosen(leaves, random).flatMap((at) => {
      const leaf = leaves[at];
      if (leaf === undefined) return [];
      if (!isReal(leaf)) return [[at, { factor: 1, shift: random.uniform() < 0.5 ? -1 : 1 }]];
      if (how < 0.35) return [[at, { factor: 2 ** common, shift: 0 }]];
      if (how < 0.65) return [[at, { factor: 2 ** (random.normal() * size), shift: 0 }]];
      if (how < 0.85) return [[at, { factor: 1, shift: random.normal() * size * typical }]];
      if (how < 0.9) return [[at, { factor: 0, shift: 0 }]];
      if (how < 0.94) return [[at, { factor: -1, shift: 0 }]];
      // equal numbers and whole numbers are where ties and kinks are
      const other = leaves[random.below(leaves.length)];
      const target = how < 0.97 && other !== undefined && isReal(other) ? other.value : Math.round(leaf.value);
      return [[at, { factor: 0, shift: target }]];
    }),
  );
}

/** The same change, twice as far. */
export const twiceAsFar = (move: Move): Move =>
  new Map(
    [...move].map(([at, { factor, shift }]) => [
      at,
      factor === 0 || factor === -1 ? { factor: 1, shift: 0 } : { factor: factor * factor, shift: 2 * shift },
    ]),
  );

/** The numbers after the move; undefined where none changes or one leaves the doubles. */
export function moved(leaves: readonly Leaf[], move: Move): ReadonlyMap<number, number> | undefined {
  const changes = new Map<number, number>();
  for (const [at, { factor, shift }] of move) {
    const before = leaves[at]?.value ?? 0;
    const after = factor * before + shift;
    if (!Number.isFinite(after)) return undefined;
    if (after !== before) changes.set(at, after === 0 ? 0 : after);
  }
  return changes.size === 0 ? undefined : changes;
}
