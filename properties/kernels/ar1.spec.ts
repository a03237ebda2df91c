import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  arbitrarySpacings,
  chainValue,
  constantChain,
  gramChain,
  gramProduct,
  isBroximalRun,
  minimaxSpacings,
} from '../../src/instances/broximal/ar1.ts';
import { ldlt } from '../../src/kernels/exact/ldlt.ts';
import { Rational } from '../../src/kernels/exact/rational.ts';
import { entryOf } from '../../src/kernels/exact/rational-vector.ts';

const T = Rational.ONE;
const at = <V>(list: readonly V[], k: number): V => {
  const value = list[k];
  if (value === undefined) throw new RangeError(`no entry ${k}`);
  return value;
};

it('every legal chain is a run of the broximal point method, with the falls that it promises', () => {
  fc.assert(
    fc.property(arbitrarySpacings(7), (spacings) => {
      const chain = gramChain(spacings, T);
      expect(isBroximalRun(chain)).toBe(true);
      expect(ldlt(chain.gram).kind).not.toBe('indefinite');
      for (const [k, s] of spacings.entries()) {
        const [from, to] = [at(chain.iterates, k), at(chain.iterates, k + 1)];
        expect(chainValue(chain, to).equals(entryOf(chain.weights, k).times(s))).toBe(true);
        expect(chainValue(chain, from).minus(chainValue(chain, to)).equals(entryOf(chain.weights, k))).toBe(true);
        const fall = gramProduct(chain, from, from).minus(gramProduct(chain, to, to));
        expect(fall.equals(T.plus(Rational.of(2).times(s)))).toBe(true);
      }
    }),
    { seed: 11, numRuns: 60 },
  );
});

it('the constant chain needs one step more than K, with R² = K (t² + 2ts) + s²', () => {
  const s = Rational.of(1, 1000);
  const chain = constantChain(20, s, T);
  const [first, last] = [at(chain.iterates, 0), at(chain.iterates, 20)];
  const squared = gramProduct(chain, first, first);
  expect(
    squared.equals(
      Rational.of(20)
        .times(T.plus(s.times(Rational.of(2))))
        .plus(s.power(2)),
    ),
  ).toBe(true);
  expect(squared.ceiling()).toBe(21n);
  expect(gramProduct(chain, last, last).equals(s.power(2))).toBe(true);
  expect(chainValue(chain, last).sign()).toBe(1);
});

it('the minimax spacings are legal and end at distance b', () => {
  const [a, b] = [Rational.of(5, 2), Rational.of(2, 3)];
  const chain = gramChain(minimaxSpacings(6, a, b, T), T);
  const last = at(chain.iterates, 6);
  expect(isBroximalRun(chain)).toBe(true);
  expect(gramProduct(chain, last, last).equals(b.power(2))).toBe(true);
});

it('refuses spacings that fall faster than t, and a tampered run is no run', () => {
  expect(() => gramChain([Rational.of(3), T], T)).toThrow('gramChain: t > 0 and s_k > 0');
  expect(() => gramChain([], T)).toThrow(RangeError);
  const chain = constantChain(3, Rational.of(1, 2), T);
  expect(isBroximalRun({ ...chain, weights: chain.weights.map(() => T) })).toBe(false);
  expect(isBroximalRun({ ...chain, radius: Rational.of(2) })).toBe(false);
});
