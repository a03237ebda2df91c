import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADAPTERS, converse, printedConversation } from './conversation.ts';

/** What may go wrong in a user's code, as operations of one implementation. */
const TROUBLE = `
import { serve } from ${JSON.stringify(join(ADAPTERS, 'typescript/adapter.ts'))};
await serve({
  name: 'trouble', version: '1', precision: 'float32',
  functions: {
    echo: ({ matrix }) => ({ matrix }),
    prints: async ({ matrix }) => { console.log('stray'); process.stdout.write('half a line'); return { matrix }; },
    'not-finite': () => ({ values: [NaN, Infinity, -Infinity, 1] }),
    'is-nan': ({ matrix }) => ({ value: Number.isNaN(matrix[0][0]) ? 1 : 0 }),
    typed: () => ({ values: Float32Array.of(0.5, 1) }),
    throws: () => { throw new RangeError('two\\nlines'); },
  },
});`;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lemmata-adapter-'));
  writeFileSync(join(folder, 'trouble.ts'), TROUBLE);
  await build({
    entryPoints: { example: join(ADAPTERS, 'typescript/example.ts'), trouble: join(folder, 'trouble.ts') },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    outdir: folder,
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const ask = (file: string, requests: readonly (string | object)[]) =>
  converse(
    [process.execPath, join(folder, file)],
    requests.map((request) => (typeof request === 'string' ? request : JSON.stringify(request))),
  );

it('has the conversation of the README', async () => {
  const { asked, answered } = printedConversation();
  const { answers, status } = await ask('example.mjs', asked);
  const [description, ...rest] = answered;
  expect(answers.map((line): unknown => JSON.parse(line))).toEqual([
    { ...(description as object), name: 'typescript-example' },
    ...rest,
  ]);
  expect(status).toBe(0);
});

it('keeps stdout for answers, and goes on after every error', async () => {
  const call = (id: number, operation: string, matrix: unknown = [[1]]) => ({
    id,
    op: 'call',
    operation,
    input: { matrix },
  });
  const { answers, stderr, status } = await ask('trouble.mjs', [
    call(1, 'prints'),
    call(2, 'throws'),
    'not JSON',
    '[1]',
    call(3, 'nothing'),
    call(4, 'toString'),
    { id: 5, op: 'dance' },
    { id: 6, op: 'step', handle: 'h1', gradients: [] },
    call(7, 'not-finite'),
    call(8, 'is-nan', [['NaN']]),
    call(9, 'typed'),
    call(10, 'echo', [[], []]),
    call(11, 'echo', [[0.1, 1 / 3, 5e-324, 1.7976931348623157e308, 1e20]]),
  ]);
  const parsed = answers.map((line) => JSON.parse(line) as { id: unknown; error?: string });
  expect(parsed.map(({ id }) => id)).toEqual([1, 2, null, null, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(parsed[1]).toEqual({ id: 2, error: 'RangeError: two lines' });
  expect(parsed.slice(2, 8).map(({ error }) => error)).toEqual([
    expect.stringContaining('JSON'),
    'TypeError: request: a JSON object, got [1]',
    expect.stringMatching(/^RangeError: call: one of echo, .*, got "nothing"$/),
    expect.stringMatching(/^RangeError: call: one of echo, .*, got "toString"$/),
    'RangeError: request: op describe, call, create, step or free, got "dance"',
    expect.stringContaining('got "h1"'),
  ]);
  expect(answers[8]).toBe('{"id":7,"output":{"values":["NaN","Infinity","-Infinity",1]}}');
  expect(parsed.slice(9)).toEqual([
    { id: 8, output: { value: 1 } },
    { id: 9, output: { values: [0.5, 1] } },
    { id: 10, output: { matrix: [[], []] } },
    { id: 11, output: { matrix: [[0.1, 1 / 3, 5e-324, 1.7976931348623157e308, 1e20]] } },
  ]);
  expect(stderr).toContain('stray\nhalf a line');
  expect(stderr).toContain('two\nlines');
  expect(status).toBe(0);
});

it('gives each handle memory of its own, until it is freed', async () => {
  const create = (id: number) => ({
    id,
    op: 'create',
    operation: 'sgd-momentum',
    input: { parameters: [[[0]]], hyperparameters: { learningRate: 1, momentum: 0.5, nesterov: true } },
  });
  const step = (id: number, handle: string) => ({ id, op: 'step', handle, gradients: [[[1]]] });
  const free = { id: 6, op: 'free', handle: 'h1' };
  const steps = [step(3, 'h1'), step(4, 'h1'), step(5, 'h2')];
  const { answers } = await ask('example.mjs', [create(1), create(2), ...steps, free, step(7, 'h1')]);
  // B = 1, then 1.5; W = -(1 + 0.5 B), summed
  expect(answers.slice(2)).toEqual([
    '{"id":3,"parameters":[[[-1.5]]]}',
    '{"id":4,"parameters":[[[-3.25]]]}',
    '{"id":5,"parameters":[[[-1.5]]]}',
    '{"id":6}',
    '{"id":7,"error":"RangeError: step: one of h2, got \\"h1\\""}',
  ]);
});
