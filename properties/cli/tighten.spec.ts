import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyClaim, Claim } from '../../src/claim/claim.ts';
import { exactly } from '../../src/claim/enclosure.ts';
import { dyadic } from '../../src/instances/dyadic.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { examineExactly } from '../../src/runners/controls.ts';
import { brokenAssumption } from '../../src/runners/examine.ts';
import { numberLeaves, withNumbers } from '../../src/runners/number-leaves.ts';
import { tightenClaim } from '../../src/runners/tighten.ts';
import { type Toy, toyClaim } from '../meta/toy-claim.ts';

const EVALUATIONS = 400;
const options = { budgetMilliseconds: 20_000, seed: 3, evaluations: EVALUATIONS };

/** Three numbers, a product to be maximised on a simplex: the supremum 1 is attained at (1/3, 1/3, 1/3). */
interface Simplex {
  readonly weights: readonly string[];
  readonly count: number;
}

const product = ({ weights }: Simplex): Rational =>
  weights.map(Rational.from).reduce((all, w) => all.times(w), Rational.of(27));

const simplexClaim: Claim<Simplex, null> = {
  ...(toyClaim as unknown as Claim<Simplex, null>),
  id: 'simplex',
  assumptions: [
    {
      id: 'simplex',
      text: 'w >= 0, sum at most 1',
      holds: ({ weights }) => {
        const w = weights.map(Rational.from);
        return w.every((x) => x.sign() >= 0) && Rational.sum(w).atMost(Rational.ONE);
      },
    },
    { id: 'count', text: 'a count', holds: ({ count }) => Number.isInteger(count) && count === 3 },
  ],
  families: [
    {
      id: 'grid',
      role: 'generic',
      // three parts of 1000 that add up to at most 1000
      arbitrary: fc.tuple(fc.nat(1000), fc.nat(1000)).map(([a, b]) => {
        const [least, most] = [Math.min(a, b), Math.max(a, b)];
        return { weights: [least, most - least, 1000 - most].map((w) => Rational.of(w, 1000).toString()), count: 3 };
      }),
    },
  ],
  operations: [],
  // biome-ignore lint/correctness/useYield: a pure statement asks nothing
  *observe() {
    return null;
  },
  measure: (instance) => exactly(product(instance)),
  bound: () => exactly(1),
};

/** The best ratio of as many instances that are drawn alone. */
function sampledBest<I>(claim: Claim<I, unknown>, seed: number): number {
  const [family] = claim.families;
  if (!('arbitrary' in family)) throw new RangeError('sampledBest: an arbitrary');
  const drawn = fc.sample(family.arbitrary, { numRuns: EVALUATIONS, seed });
  return Math.max(...drawn.map((instance) => examineExactly(claim, instance).ratio?.lo ?? 0));
}

describe('tighten', () => {
  it.each<[string, Claim<never, unknown>]>([
    ['one number', toyClaim as Claim<never, unknown>],
    ['three numbers', simplexClaim as Claim<never, unknown>],
  ])('beats plain sampling with as many evaluations: %s', async (_, claim) => {
    const found = await tightenClaim(claim, options);
    expect(found.evaluations).toBe(EVALUATIONS);
    for (const seed of [1, 2, 3]) {
      expect(found.ratio ?? 0).toBeGreaterThan(sampledBest(claim as unknown as Claim<unknown, unknown>, seed));
    }
    expect(found.ratio ?? 0).toBeGreaterThan(found.sampled ?? 1);
    expect(found.ratio ?? 2).toBeLessThanOrEqual(1);
  });

  it('stays inside the assumptions, keeps counts whole, and the record repeats', async () => {
    const found = await tightenClaim(simplexClaim as unknown as AnyClaim, options);
    const instance = found.instance as Simplex;
    expect(brokenAssumption(simplexClaim, instance)).toBeUndefined();
    expect(instance.count).toBe(3);
    expect(examineExactly(simplexClaim, JSON.parse(JSON.stringify(instance)) as Simplex).ratio?.lo).toBe(found.ratio);
  });

  it('is the same for a number of evaluations, whatever the time', async () => {
    const first = await tightenClaim(simplexClaim as unknown as AnyClaim, options);
    const second = await tightenClaim(simplexClaim as unknown as AnyClaim, { ...options, budgetMilliseconds: 30_000 });
    expect(second).toEqual(first);
    const other = await tightenClaim(simplexClaim as unknown as AnyClaim, { ...options, seed: 4 });
    expect(other.instance).not.toEqual(first.instance);
  });

  it('ends with its budget, having judged at least one instance', async () => {
    const started = performance.now();
    const { evaluations } = await tightenClaim(toyClaim as AnyClaim, { budgetMilliseconds: 1, seed: 1 });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(evaluations).toBeGreaterThan(0);
  });

  it('a false claim is refuted by climbing where drawing does not reach', async () => {
    const claim: Claim<Toy, unknown> = {
      ...toyClaim,
      families: [{ id: 'small', role: 'generic', arbitrary: fc.record({ g: dyadic(0, 1) }) }],
      bound: () => exactly('3/4'),
    };
    const found = await tightenClaim(claim as unknown as AnyClaim, options);
    expect(found.verdict).toBe('violated');
    expect(found.sampled ?? 1).toBeLessThan(1);
  });

  it('ends where nothing can be moved', async () => {
    const claim: Claim<Toy, unknown> = {
      ...toyClaim,
      assumptions: [{ id: 'half', text: 'g = 1/2', holds: ({ g }) => g === '1/2' }],
      families: [{ id: 'half', role: 'generic', instances: [{ g: '1/2' }] }],
    };
    const found = await tightenClaim(claim as unknown as AnyClaim, options);
    expect(found).toMatchObject({ evaluations: 1, ratio: found.sampled });
  });
});

describe('the numbers of an instance', () => {
  const instance = {
    kind: 'a',
    matrix: [
      ['1/2', '3'],
      ['0', '-1/4'],
    ],
    steps: 4,
    deep: { momentum: 0.9, norms: ['row'] },
  };

  it('are found with their groups', () => {
    expect(numberLeaves(instance).map(({ group, value }) => [group, value])).toEqual([
      ['.matrix.*.*', 0.5],
      ['.matrix.*.*', 3],
      ['.matrix.*.*', 0],
      ['.matrix.*.*', -0.25],
      ['.steps', 4],
      ['.deep.momentum', 0.9],
    ]);
  });

  it('change alone, in their own form', () => {
    const changed = withNumbers(
      instance,
      new Map([
        [1, 0.1],
        [5, 0.8],
      ]),
    );
    expect(changed).toEqual({
      ...instance,
      matrix: [
        ['1/2', expect.stringMatching(/^\d+\/\d+$/)],
        ['0', '-1/4'],
      ],
      deep: { momentum: 0.8, norms: ['row'] },
    });
    expect(Rational.from(changed.matrix[0]?.[1] ?? '').toNumber()).toBeCloseTo(0.1, 8);
    expect(withNumbers(instance, new Map())).toEqual(instance);
  });
});
