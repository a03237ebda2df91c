import { expect, it } from 'vitest';
import { broxOperation } from '../../src/operations/brox.ts';
import { answerNow } from '../../src/runners/subject.ts';

const asked = (point: string | number) => ({
  operation: broxOperation,
  input: { function: { kind: 'absolute' }, point: [point], radius: 1 },
});

it('a fraction that is no double widens the bound of the float64 subject beyond its rounding', () => {
  expect(answerNow('reference', asked('7/2')).errorBound).toBe(answerNow('reference', asked(3.5)).errorBound);
  const { output, errorBound } = answerNow('reference', asked('7/3'));
  const [u] = (output as { readonly point: readonly number[] }).point;
  expect(errorBound).toBeGreaterThan(Math.abs((u ?? 0) - 4 / 3));
  expect(errorBound).toBeGreaterThan(answerNow('reference', asked(7 / 3)).errorBound);
  expect(errorBound).toBeLessThan(2 ** -40);
});
