import { expect, it } from 'vitest';
import { mistakesOf } from '../../src/mistakes/catalogue.ts';
import { isOptimiserMistake, type OptimiserMistake } from '../../src/mistakes/mistake.ts';
import { sgdMomentumOperation } from '../../src/operations/sgd-momentum.ts';
import { describeMistakes, faultsOf } from './check-mistakes.ts';

await describeMistakes('sgd-momentum', 'muon', 'orthogonal-sgdm', 'shampoo', 'asgo');

const all = (await mistakesOf('sgd-momentum')).filter(isOptimiserMistake);
const [good, other] = all as [OptimiserMistake, OptimiserMistake];

const TWIN = 'sgd-momentum-twin';
const PLANTED: readonly (readonly [string, Partial<OptimiserMistake>, readonly RegExp[]])[] = [
  ['nothing', {}, []],
  ['the definition itself', { start: sgdMomentumOperation.start }, [/^a gap above 1000 times the bound 0, got 0$/]],
  ['a run outside its enclosure', { start: wider() }, [/a float64 run inside its enclosure/, /a float32 run/]],
  [
    'a witness of another operation',
    { witness: { ...good.witness, gradients: [[[[1, 2]]]] } },
    [/^a witness in the domain/],
  ],
  [
    'a witness that need not be right',
    { witness: { ...good.witness, gradients: [[[[1]]], [[[2 ** -600]]]] } },
    [/^a witness that must be right, got should$/],
  ],
  ['NaN where it is right', { isNotFinite: (_, step) => step === 1 }, []],
  ['an id of another operation', { id: 'muon-averaged' }, [/^sgd-momentum-…, got muon-averaged$/]],
  ['a name that is no verb', { name: 'momentum averaged' }, [/^a name that goes on after "your sgd-momentum "/]],
  ['no place', { where: '' }, [/^a place/]],
  ['an effect without an end', { effect: 'Steps too far' }, [/^a sentence on the effect/]],
];

/** Runs of the other mistake in doubles and singles, of this one in intervals. */
function wider(): OptimiserMistake['start'] {
  return (numbers, parameters, hyperparameters) => {
    const isPoint = typeof numbers.of(1) === 'number';
    return (isPoint ? other : good).start(numbers, parameters, hyperparameters);
  };
}

it.each(PLANTED)('sees in an entry of the catalogue: %s', (_, change, faults) => {
  const planted = { ...good, ...change };
  const found = faultsOf(sgdMomentumOperation, planted, [planted]);
  expect(found).toHaveLength(faults.length);
  for (const [i, fault] of faults.entries()) expect(found[i]).toMatch(fault);
});

it('sees a mistake that another one would be taken for', () => {
  const found = faultsOf(sgdMomentumOperation, good, [...all, { ...good, id: TWIN }]);
  expect(found).toEqual([`a witness that shows this mistake alone, got ${TWIN} too`]);
});
