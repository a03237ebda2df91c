// sgd-momentum and gluon-step-size, written by hand, right or with one flaw: node sgd.mjs [flaw]
import { createInterface } from 'node:readline';

const flaw = process.argv[2] ?? 'right';
const handles = new Map();

function step(state, gradients) {
  const { learningRate, momentum, nesterov } = state.hyperparameters;
  const fresh = flaw === 'averaged' ? 1 - momentum : 1;
  const sign = flaw === 'ascends' ? 1 : -1;
  state.parameters = state.parameters.map((rows, l) =>
    rows.map((row, i) =>
      row.map((w, j) => {
        const g = gradients[l][i][j];
        const b = momentum * state.buffers[l][i][j] + fresh * g;
        state.buffers[l][i][j] = b;
        return w + sign * learningRate * (nesterov ? fresh * g + momentum * b : b);
      }),
    ),
  );
  return flaw === 'text' ? 'none' : flaw === 'lists' ? state.parameters.flat() : state.parameters;
}

function answer({ op, input, handle, gradients }) {
  if (op === 'describe') {
    const operations = flaw === 'nothing' ? [] : ['sgd-momentum', 'gluon-step-size', 'time-travel'];
    const precision = flaw === 'float16' ? flaw : 'float64';
    return { name: `sgd-${flaw}`, version: '1', precision, operations };
  }
  if (op === 'call') {
    const { gradientNorm: g, l0, l1 } = input;
    if (flaw === 'refuses' && g === 0) return { error: 'no gradient' };
    if (flaw === 'dies' && l1 === 0) process.exit(3);
    return { output: { value: g === 0 ? 0 : g / (l0 + l1 * g) } };
  }
  if (op === 'create') {
    const buffers = input.parameters.map((rows) => rows.map((row) => row.map(() => 0)));
    handles.set(`h${handles.size}`, { ...input, buffers });
    return { handle: `h${handles.size - 1}` };
  }
  if (op === 'step') return { parameters: step(handles.get(handle), gradients) };
  return {};
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id: request.id, ...answer(request) })}\n`);
}
