import { describe, expect, it } from 'vitest';
import { mistakesOf } from '../../src/mistakes/catalogue.ts';
import { loadOperation } from '../../src/operations/catalogue.ts';
import type { FloatFormat } from '../../src/operations/operation.ts';
import { type Judged, judgeOperation } from '../../src/runners/referee/judge-operation.ts';
import { standInPeer } from '../../src/runners/referee/stand-in.ts';

interface Given {
  readonly operation: string;
  readonly mistake?: string;
  /** The arithmetic at work, and the one that is declared. */
  readonly format: FloatFormat;
  readonly declared: FloatFormat;
  readonly excused?: readonly string[];
}

async function judged({ operation: id, mistake: name, format, declared, excused = [] }: Given): Promise<Judged> {
  const operation = await loadOperation(id);
  if (operation === undefined) throw new RangeError(`an operation, got ${id}`);
  const mistakes = await mistakesOf(id);
  const mistake = mistakes.find((known) => known.id === name);
  const peer = standInPeer({ operation, format, ...(mistake === undefined ? {} : { mistake }) });
  return judgeOperation(
    peer,
    { operation, mistakes, format: declared },
    {
      first: [],
      excused: mistakes.filter((known) => excused.includes(known.id)),
      runs: 100,
      seed: 7,
      mostSize: 8,
      isListed: () => false,
      onTrial: () => undefined,
    },
  );
}

const names = ({ found }: Judged): readonly string[] =>
  found
    .filter(({ trial }) => trial.obligation === 'must')
    .map(({ likely: [first] }) => first?.mistake.name ?? 'nothing');

describe('naming', () => {
  it.each(['sgd-momentum', 'muon', 'lion'])('%s in bfloat16 that declares float32 is told so', async (operation) => {
    const found = names(await judged({ operation, format: 'bfloat16', declared: 'float32' }));
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found)).toEqual(new Set(['is only as precise as bfloat16, though it declares float32']));
  });

  it.each(['adamw', 'shampoo'])('%s in float32 that declares float64 is told so', async (operation) => {
    const found = names(await judged({ operation, format: 'float32', declared: 'float64' }));
    expect(found[0]).toBe('is only as precise as float32, though it declares float64');
  });

  it('a mistake in the declared precision is not put down to precision', async () => {
    const mistake = 'sgd-momentum-averaged';
    expect((await mistakesOf('sgd-momentum')).map(({ id }) => id)).toContain(mistake);
    const found = names(await judged({ operation: 'sgd-momentum', mistake, format: 'float32', declared: 'float32' }));
    expect(found).toEqual([expect.stringMatching(/^averages the momentum/)]);
  });

  it('an excused mistake is reported as it is, and hides no other', async () => {
    const given = { operation: 'muon', format: 'float64', declared: 'float64' } as const;
    const mistake = 'muon-decay-ignored';
    expect((await mistakesOf('muon')).map(({ id }) => id)).toContain(mistake);
    const excused = await judged({ ...given, mistake, excused: [mistake] });
    expect(excused.found.map(({ likely: [first] }) => first?.mistake.id)).toEqual([mistake]);
    const other = await judged({ ...given, mistake: 'muon-epsilon-ignored', excused: [mistake] });
    expect(other.found.map(({ likely: [first] }) => first?.mistake.id)).toEqual(['muon-epsilon-ignored']);
  });
});
