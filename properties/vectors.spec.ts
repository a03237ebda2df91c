import { describe, expect, it } from 'vitest';
import { mistakesOf } from '../src/mistakes/catalogue.ts';
import { loadOperation, operationIds } from '../src/operations/catalogue.ts';
import type { FloatFormat } from '../src/operations/operation.ts';
import { polarOperation } from '../src/operations/polar.ts';
import { furthestEntry, furthestQuantity, isShapeFault } from '../src/operations/verdict/output-verdict.ts';
import { appended } from '../src/runners/vectors/append.ts';
import { candidatesOf } from '../src/runners/vectors/candidates.ts';
import type { Vector, VectorFile } from '../src/runners/vectors/vector.ts';
import { shippedVectors } from '../src/runners/vectors/vector-files.ts';

const bound = ({ errorBound }: Vector, format: FloatFormat): number => Number(errorBound[format]);

/** How far an output is from that of a vector, in units of its bound, or by what defines it. */
async function distance(file: VectorFile, vector: Vector, output: unknown, format: FloatFormat): Promise<number> {
  const operation = await loadOperation(file.operation);
  if (operation === undefined) throw new RangeError(`an operation, got ${file.operation}`);
  const miss =
    file.compare === 'entries'
      ? furthestEntry({ output: vector.output, bound: bound(vector, format) }, output)
      : furthestQuantity(operation, vector.input as never, output, format);
  if (miss === undefined) return 0;
  return isShapeFault(miss) ? Number.POSITIVE_INFINITY : miss.distance;
}

describe.each(operationIds)('vectors of %s', (id) => {
  const file = shippedVectors(id);

  it('are shipped, numbered once, and every flag is explained', () => {
    expect(file?.operation).toBe(id);
    const ids = file?.vectors.map((vector) => vector.id) ?? [];
    expect(ids.length).toBe(file?.numberOfVectors);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    const flags = new Set(file?.vectors.flatMap((vector) => vector.flags));
    expect([...flags].filter((flag) => file?.notes[flag] === undefined)).toEqual([]);
    expect(flags.size).toBeGreaterThan(0);
  });

  it('replay: the forms of the operation give what is written there', async () => {
    const operation = await loadOperation(id);
    if (file === undefined || operation === undefined) throw new Error(`vectors of ${id}, got none`);
    const wrong: string[] = [];
    for (const vector of file.vectors) {
      const input = vector.input as never;
      if ((await distance(file, vector, operation.reference(input), 'float64')) > 1) wrong.push(`${vector.id} float64`);
      if (operation.float32 === undefined || vector.obligation.float32 !== 'must') continue;
      if ((await distance(file, vector, operation.float32(input), 'float32')) > 1) wrong.push(`${vector.id} float32`);
    }
    expect(wrong).toEqual([]);
  });

  it('there is one for each known mistake', async () => {
    const flags = new Set(file?.vectors.flatMap((vector) => vector.flags));
    expect((await mistakesOf(id)).map((mistake) => mistake.id).filter((mistake) => !flags.has(mistake))).toEqual([]);
  });
});

describe('appending', () => {
  const note = { bugClass: 'any', effect: 'none', links: [] };
  const candidate = (flag: string, x: number) => ({ comment: flag, flag, note, input: { matrix: [[x, 1]] } });

  it('keeps what is there under its id, and never reuses one', () => {
    const first = appended(polarOperation, undefined, [candidate('a', 1), candidate('b', 2)]);
    expect(first.vectors.map(({ id, flags }) => [id, ...flags])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    // a candidate that is gone stays a vector; a new one gets a new id
    const second = appended(polarOperation, first, [candidate('c', 3), candidate('b', 2)]);
    expect(second.vectors.slice(0, 2)).toEqual(first.vectors);
    expect(second.vectors.map(({ id, flags }) => [id, ...flags])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    expect(Object.keys(second.notes)).toEqual(['a', 'b', 'c']);
    // even where the file had lost one
    const torn = { ...second, vectors: second.vectors.filter(({ id }) => id !== 2) };
    expect(appended(polarOperation, torn, [candidate('d', 4)]).vectors.map(({ id }) => id)).toEqual([1, 3, 4]);
  });

  it('is done when there is nothing new', async () => {
    const operation = await loadOperation('polar');
    if (operation === undefined) throw new Error('polar, got none');
    const candidates = candidatesOf(operation, await mistakesOf('polar'));
    const once = appended(operation, undefined, candidates);
    expect(appended(operation, once, candidates)).toEqual(once);
  });

  it('one input with several flags is one vector', () => {
    const file = appended(polarOperation, undefined, [candidate('a', 1), { ...candidate('b', 1), comment: 'both' }]);
    expect(file.vectors).toMatchObject([{ flags: ['a', 'b'], comment: 'a; both' }]);
  });

  it('a vector that is off is noticed', async () => {
    const file = appended(polarOperation, undefined, [candidate('a', 3)]);
    const [vector] = file.vectors;
    if (vector === undefined) throw new Error('a vector, got none');
    const right = polarOperation.reference(vector.input as never);
    expect(await distance(file, vector, right, 'float64')).toBeLessThanOrEqual(1);
    const off = {
      ...vector,
      output: { matrix: right.matrix.map((row) => row.map((x) => x + 2 * bound(vector, 'float64'))) },
    };
    expect(await distance(file, off, right, 'float64')).toBeGreaterThan(1);
    expect(bound(vector, 'float32')).toBeGreaterThan(bound(vector, 'float64'));
  });
});
