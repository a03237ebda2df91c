import { describe, expect, it } from 'vitest';
import { DOUBLES, SINGLES } from '../../src/kernels/numbers/rounded-numbers.ts';
import { mistakesOf } from '../../src/mistakes/catalogue.ts';
import { isOptimiserMistake, type Mistake, type OptimiserMistake } from '../../src/mistakes/mistake.ts';
import { loadOperation } from '../../src/operations/catalogue.ts';
import type { AnyOperation } from '../../src/operations/operation.ts';
import { obligationOf } from '../../src/operations/verdict/obligation.ts';
import { type Answer, answerOf, gapBetween, holds, trajectoryOf } from './answers.ts';

/** By how many error bounds of float64 a witness shows its mistake. */
const MARGIN = 1000;

/** One test a known mistake of each of these operations. */
export async function describeMistakes(...operations: readonly string[]): Promise<void> {
  for (const id of operations) {
    const [operation, mistakes] = [await loadOperation(id), await mistakesOf(id)];
    describe(id, () => {
      it('is an operation with known mistakes of different ids', () => {
        expect(operation?.id).toBe(id);
        expect(mistakes.length).toBeGreaterThan(0);
        expect(new Set(mistakes.map((mistake) => mistake.id)).size).toBe(mistakes.length);
      });
      it.each(mistakes.map((mistake) => [mistake.id, mistake] as const))('%s', (_, mistake) => {
        if (operation === undefined) throw new RangeError(`describeMistakes: an operation, got ${id}`);
        expect(faultsOf(operation, mistake, mistakes)).toEqual([]);
      });
    });
  }
}

/** What is wrong with an entry of the catalogue; nothing, if its witness shows it, and it alone of all. */
export function faultsOf(operation: AnyOperation, mistake: Mistake, all: readonly Mistake[]): readonly string[] {
  const input = operation.input.safeParse(mistake.witness);
  if (!input.success) return [`a witness in the domain, got ${input.error.issues[0]?.message}`];
  return [...faultsInWords(operation, mistake), ...faultsOfWitness(operation, mistake), ...namesakes(mistake, all)];
}

function faultsInWords(
  { id: operation }: AnyOperation,
  { id, operation: own, name, where, effect }: Mistake,
): string[] {
  return [
    ...(own === operation && id.startsWith(`${operation}-`) && /^[a-z0-9-]+$/.test(id)
      ? []
      : [`${operation}-…, got ${id}`]),
    ...(/^[a-z]+s /.test(name) && !name.endsWith('.')
      ? []
      : [`a name that goes on after "your ${operation} ", got ${name}`]),
    ...(where.length > 0 ? [] : ['a place that it is known from, got none']),
    ...(/^[A-Z].*\.$/.test(effect) ? [] : [`a sentence on the effect, got ${effect}`]),
  ];
}

function faultsOfWitness(operation: AnyOperation, mistake: Mistake): string[] {
  const [right, wrong] = [answerOf(operation, mistake.witness, 'exact'), answerOf(mistake, mistake.witness, 'exact')];
  const bound = operation.errorBound(mistake.witness as never, 'float64') ?? 0;
  if (right === undefined || wrong === undefined) return ['an answer at the witness, got none'];
  const obligation = obligationOf(operation.id, mistake.witness, 'float64', Number.isFinite(bound));
  const gap = gapBetween(right, wrong);
  const isShown = operation.defects === undefined ? gap > MARGIN * bound : missesByDefects(operation, mistake);
  return [
    ...(obligation === 'must' ? [] : [`a witness that must be right, got ${obligation}`]),
    ...(isShown ? [] : [`a gap above ${MARGIN} times the bound ${bound}, got ${gap}`]),
    ...(isOptimiserMistake(mistake) ? straying(mistake) : []),
  ];
}

/** For an output that is not unique: whether a quantity that defines it is missed by the margin. */
function missesByDefects(operation: AnyOperation, mistake: Mistake): boolean {
  if (isOptimiserMistake(mistake) || mistake.isNotFinite?.(mistake.witness as never)) return true;
  const output = mistake.reference(mistake.witness as never);
  const defects = operation.defects?.(mistake.witness as never, output as never, 'float64') ?? [];
  return defects.some(({ miss, bound }) => miss > MARGIN * bound);
}

const COMPUTED = [
  ['float64', DOUBLES],
  ['float32', SINGLES],
] as const;

/** The formats in which the mistaken run leaves what the mistake admits. */
function straying(mistake: OptimiserMistake): string[] {
  return COMPUTED.flatMap(([format, numbers]) => {
    const run = trajectoryOf(mistake, mistake.witness, numbers, (x) => ({ lo: x + 0, hi: x + 0 }));
    const admitted = answerOf(mistake, mistake.witness, format);
    return admitted !== undefined && holds(admitted, run)
      ? []
      : [`a ${format} run inside its enclosure, got one outside`];
  });
}

/** Other mistakes whose admitted answers at the witness meet those of this one everywhere. */
function namesakes(mistake: Mistake, all: readonly Mistake[]): string[] {
  const admitted = (other: Mistake): Answer | undefined => answerOf(other, mistake.witness, 'float64');
  const own = admitted(mistake);
  if (own === undefined) return ['an answer at the witness in float64, got none'];
  return all
    .filter((other) => other !== mistake)
    .filter((other) => {
      const answer = admitted(other);
      return answer !== undefined && gapBetween(own, answer) === 0;
    })
    .map(({ id }) => `a witness that shows this mistake alone, got ${id} too`);
}
