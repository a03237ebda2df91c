import { describe, expect, it } from 'vitest';
import { DOUBLES, SINGLES } from '../../src/kernels/numbers/rounded-numbers.ts';
import { ADAM_PARTS } from '../../src/mistakes/adam.ts';
import { ADAMW_PARTS } from '../../src/mistakes/adamw.ts';
import { mistakesOf } from '../../src/mistakes/catalogue.ts';
import { CAUTIOUS_ADAMW_PARTS } from '../../src/mistakes/cautious-adamw.ts';
import { CAUTIOUS_LION_PARTS } from '../../src/mistakes/cautious-lion.ts';
import { LION_PARTS } from '../../src/mistakes/lion.ts';
import { MGUP_ADAMW_PARTS } from '../../src/mistakes/mgup-adamw.ts';
import { MGUP_LION_PARTS } from '../../src/mistakes/mgup-lion.ts';
import { MGUP_MUON_PARTS } from '../../src/mistakes/mgup-muon.ts';
import { MGUP_SIGN_ADAMW_PARTS } from '../../src/mistakes/mgup-sign-adamw.ts';
import type { OptimiserMistake } from '../../src/mistakes/mistake.ts';
import { NORMALIZED_SGD_PARTS } from '../../src/mistakes/normalized-sgd.ts';
import { assembled, type Parts } from '../../src/mistakes/parts/assembly.ts';
import { bySharedCount, bySharedState } from '../../src/mistakes/parts/carried-state.ts';
import { byConcatenation } from '../../src/mistakes/parts/concatenated.ts';
import { SIGNUM_PARTS } from '../../src/mistakes/signum.ts';
import { byMethod } from '../../src/mistakes/variants.ts';
import { adamOperation } from '../../src/operations/adam.ts';
import { adamwOperation } from '../../src/operations/adamw.ts';
import { cautiousAdamwOperation } from '../../src/operations/cautious-adamw.ts';
import { cautiousLionOperation } from '../../src/operations/cautious-lion.ts';
import { lionOperation } from '../../src/operations/lion.ts';
import { mgupAdamwOperation } from '../../src/operations/mgup-adamw.ts';
import { mgupLionOperation } from '../../src/operations/mgup-lion.ts';
import { mgupMuonOperation } from '../../src/operations/mgup-muon.ts';
import { mgupSignAdamwOperation } from '../../src/operations/mgup-sign-adamw.ts';
import { normalizedSgdOperation } from '../../src/operations/normalized-sgd.ts';
import type { OptimiserOperation } from '../../src/operations/optimiser.ts';
import { signumOperation } from '../../src/operations/signum.ts';
import { answerOf, trajectoryOf } from './answers.ts';

const ASSEMBLED: readonly (readonly [OptimiserOperation, OptimiserMistake['start']])[] = (
  [
    [adamOperation, ADAM_PARTS],
    [adamwOperation, ADAMW_PARTS],
    [cautiousAdamwOperation, CAUTIOUS_ADAMW_PARTS],
    [mgupAdamwOperation, MGUP_ADAMW_PARTS],
    [mgupSignAdamwOperation, MGUP_SIGN_ADAMW_PARTS],
    [normalizedSgdOperation, NORMALIZED_SGD_PARTS],
    [signumOperation, SIGNUM_PARTS],
    [lionOperation, LION_PARTS],
    [cautiousLionOperation, CAUTIOUS_LION_PARTS],
    [mgupLionOperation, MGUP_LION_PARTS],
    [mgupMuonOperation, MGUP_MUON_PARTS],
  ] as const satisfies readonly (readonly [OptimiserOperation, Parts<never>])[]
).map(([operation, parts]) => [operation, byMethod(operation, assembled<object>(parts as Parts<object>))]);

describe.each(ASSEMBLED.map(([operation, start]) => [operation.id, operation, start] as const))(
  '%s',
  (id, operation, start) => {
    it('is the sum of its parts: without a mistake they take the runs of the definition', async () => {
      const mistakes = await mistakesOf(id);
      expect(mistakes.length).toBeGreaterThan(5);
      for (const { witness: given } of mistakes as readonly OptimiserMistake[]) {
        // amplify as the double that is sent, not as the quotient 1 / tau
        const witness = { ...given, hyperparameters: operation.complete(given.hyperparameters) };
        for (const numbers of [DOUBLES, SINGLES]) {
          const run = (from: OptimiserMistake['start']) =>
            trajectoryOf({ start: from }, witness, numbers, (x) => ({ lo: x + 0, hi: x + 0 }));
          expect(run(start)).toEqual(run(operation.start));
        }
        expect(answerOf({ ...operation, start } as OptimiserOperation, witness, 'float32')).toEqual(
          answerOf(operation, witness, 'float32'),
        );
      }
    });
  },
);

describe('runs of several matrices', () => {
  const input = {
    parameters: [[[1, -2]], [[3], [0.5]], [[2, 1]]],
    hyperparameters: { learningRate: 0.5, beta1: 0.5, beta2: 0.75 },
    gradients: [
      [[[4, -1]], [[2], [1]], [[-1, 3]]],
      [[[1, 2]], [[-3], [1]], [[2, 2]]],
    ],
  };
  const runs: readonly (readonly [string, OptimiserMistake['start']])[] = [
    ['shared state', bySharedState(adamOperation, assembled(ADAM_PARTS))],
    ['shared count', bySharedCount(adamOperation, assembled(ADAM_PARTS))],
    ['concatenation', byConcatenation(adamOperation)],
  ];

  it.each(runs)('%s: can go on from other parameters with the same memory', (_, start) => {
    let run = start(DOUBLES, input.parameters, input.hyperparameters);
    for (const gradients of input.gradients) {
      const { run: next, updates } = run.step(gradients);
      const elsewhere = run.at(input.parameters).step(gradients);
      expect(next.parameters.map(({ rows, columns }) => [rows, columns])).toEqual([
        [1, 2],
        [2, 1],
        [1, 2],
      ]);
      // Adam's move does not depend on where it starts
      for (const [layer, { data }] of elsewhere.run.parameters.entries()) {
        const moves = updates[layer]?.data ?? [];
        const start0 = input.parameters[layer]?.flat() ?? [];
        expect(data).toEqual(moves.map((move, i) => (start0[i] ?? 0) - (moves[i] === undefined ? 0 : move)));
      }
      run = next;
    }
  });

  it('a matrix of its own shape keeps its state; entries alone do not see a concatenation', () => {
    const taken = (start: OptimiserMistake['start']) =>
      trajectoryOf({ start }, input, DOUBLES, (x) => ({ lo: x, hi: x }));
    const [own, shared] = [taken(adamOperation.start), taken(bySharedState(adamOperation, assembled(ADAM_PARTS)))];
    for (const [place, value] of own) {
      if (place.includes('parameter 1')) expect(shared.get(place)).toEqual(value);
    }
    expect(shared).not.toEqual(own);
    expect(taken(byConcatenation(adamOperation))).toEqual(own);
  });
});
