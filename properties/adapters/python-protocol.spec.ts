import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADAPTERS, converse, printedConversation } from './conversation.ts';

const PYTHON = join(ADAPTERS, 'python');
/** Unbuffered, Python writes what is printed before `serve` at once, and nobody can call it back. */
const ENVIRONMENT = { PYTHONPATH: PYTHON, PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '' };
const isHere = spawnSync('python3', ['--version']).status === 0;

/** What may go wrong in a user's code, as operations of one implementation. */
const TROUBLE = `
import math, os, subprocess, sys
print("printed by an import")
from lemmata_adapter import serve

def prints(matrix):
    print("stray")
    os.write(1, b"below Python\\n")
    subprocess.run([sys.executable, "-c", "print('by a child')"])
    return {"matrix": matrix}

def throws(matrix):
    raise ValueError("two\\nlines")

class Array:
    def __init__(self, values):
        self.values = values
    def tolist(self):
        return self.values

serve(name="trouble", version="1", precision="float32", functions={
    "echo": lambda matrix: {"matrix": matrix},
    "prints": prints,
    "reads": lambda matrix: {"value": len(sys.stdin.read())},
    "throws": throws,
    "not-finite": lambda matrix: {"values": [math.nan, math.inf, -math.inf, 1.5]},
    "not-finite-array": lambda matrix: {"values": Array([math.nan, 1.5])},
    "is-nan": lambda matrix: {"value": 1 if math.isnan(matrix[0][0]) else 0},
    "no-json": lambda matrix: {"value": object()},
})
`;

describe.skipIf(!isHere)(isHere ? 'the adapter for Python' : 'the adapter for Python (no python3 here)', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lemmata-adapter-'));
    writeFileSync(join(folder, 'trouble.py'), TROUBLE);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const EXAMPLE = join(PYTHON, 'examples/standard_library.py');
  const ask = (file: string, requests: readonly (string | object)[]) =>
    converse(
      ['python3', file],
      requests.map((request) => (typeof request === 'string' ? request : JSON.stringify(request))),
      ENVIRONMENT,
    );
  const call = (id: number, operation: string, matrix: unknown = [[1]]) => ({
    id,
    op: 'call',
    operation,
    input: { matrix },
  });

  it('has the conversation of the README', async () => {
    const { asked, answered } = printedConversation();
    const { answers, status } = await ask(EXAMPLE, asked);
    expect(answers.map((line): unknown => JSON.parse(line))).toEqual(answered);
    expect(status).toBe(0);
  });

  it('keeps stdout for answers and stdin for requests', async () => {
    const { answers, stderr } = await ask(join(folder, 'trouble.py'), [call(1, 'prints'), call(2, 'reads')]);
    expect(answers).toEqual(['{"id":1,"output":{"matrix":[[1]]}}', '{"id":2,"output":{"value":0}}']);
    const [first, ...rest] = stderr.trim().split('\n');
    expect(first).toBe('printed by an import');
    // Python before 3.9 buffers its own stderr
    expect(rest.sort()).toEqual(['below Python', 'by a child', 'stray']);
  });

  it('refuses a request that fails, in one line, and goes on', async () => {
    const { answers, stderr, status } = await ask(join(folder, 'trouble.py'), [
      call(1, 'throws'),
      'not JSON',
      '[1]',
      call(2, 'nothing'),
      { id: 3, op: 'dance' },
      { id: 4, op: 'step', handle: 'h1', gradients: [] },
      { id: 5, op: 'call', operation: 'echo' },
      { id: 6, op: 'call', operation: 'echo', input: { matrix: [], unasked: 1 } },
      call(7, 'no-json'),
      call(8, 'echo'),
    ]);
    const parsed = answers.map((line) => JSON.parse(line) as { id: unknown; error?: string });
    expect(parsed.map(({ id }) => id)).toEqual([1, null, null, 2, 3, 4, 5, 6, 7, 8]);
    expect(parsed.slice(0, -1).map(({ error }) => error)).toEqual([
      'ValueError: two lines',
      expect.stringContaining('JSONDecodeError'),
      'TypeError: request: a JSON object, got list',
      expect.stringMatching(/^ValueError: call: operation one of .*, got 'nothing'$/),
      "ValueError: request: op describe, call, create, step or free, got 'dance'",
      "ValueError: step: handle one of [], got 'h1'",
      "KeyError: 'input'",
      expect.stringContaining("unexpected keyword argument 'unasked'"),
      'TypeError: answer: numbers, lists, arrays or tensors, got object',
    ]);
    expect(parsed.at(-1)).toEqual({ id: 8, output: { matrix: [[1]] } });
    expect(stderr).toContain('Traceback');
    expect(status).toBe(0);
  });

  it('carries what is not finite as text, both ways', async () => {
    const requests = [call(1, 'not-finite'), call(2, 'not-finite-array'), call(3, 'is-nan', [['NaN']])];
    const { answers } = await ask(join(folder, 'trouble.py'), requests);
    expect(answers).toEqual([
      '{"id":1,"output":{"values":["NaN","Infinity","-Infinity",1.5]}}',
      '{"id":2,"output":{"values":["NaN",1.5]}}',
      '{"id":3,"output":{"value":1}}',
    ]);
  });

  it('gives every double and every shape back', async () => {
    const matrices = [
      [],
      [[], []],
      [
        [0.1, 1 / 3, 2 ** -1074, Number.MAX_VALUE],
        [1e20, -(2 ** 53 + 2), 1e-30, 2 ** 0.5],
      ],
    ];
    const { answers } = await ask(
      join(folder, 'trouble.py'),
      matrices.map((matrix, i) => call(i, 'echo', matrix)),
    );
    expect(answers.map((line): unknown => JSON.parse(line))).toEqual(
      matrices.map((matrix, id) => ({ id, output: { matrix } })),
    );
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
    const requests = [
      create(1),
      create(2),
      step(3, 'h1'),
      step(4, 'h1'),
      step(5, 'h2'),
      free,
      step(7, 'h1'),
      create(8),
    ];
    const { answers } = await ask(EXAMPLE, requests);
    // B = 1, then 1.5; W = -(1 + 0.5 B), summed
    expect(answers.map((line): unknown => JSON.parse(line))).toEqual([
      { id: 1, handle: 'h1' },
      { id: 2, handle: 'h2' },
      { id: 3, parameters: [[[-1.5]]] },
      { id: 4, parameters: [[[-3.25]]] },
      { id: 5, parameters: [[[-1.5]]] },
      { id: 6 },
      { id: 7, error: "ValueError: step: handle one of ['h2'], got 'h1'" },
      { id: 8, handle: 'h3' },
    ]);
  });

  it('takes no precision that it cannot name', () => {
    const program = 'from lemmata_adapter import serve; serve(name="x", version="1", precision="float16")';
    const { status, stderr } = spawnSync('python3', ['-c', program], {
      env: { ...process.env, ...ENVIRONMENT },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain("serve: precision one of float64, float32, bfloat16, got 'float16'");
  });
});
