import type { AnyOperation, Doubles } from '../../operations/operation.ts';
import type { OptimiserInput, OptimiserOperation } from '../../operations/optimiser.ts';
import { isOptimiser } from './examined.ts';
import { chunks, lengthsIn, without, withoutCoordinates } from './simpler-arrays.ts';
import { rougher } from './simpler-numbers.ts';

type Input = Doubles<OptimiserInput>;
type Rows = Input['parameters'][number];

/** Simpler inputs of an operation, inside its domain, the boldest first. */
export function* simplerInputs(operation: AnyOperation, input: object): Generator<object> {
  const all = isOptimiser(operation)
    ? simplerSequences(operation, input as Input)
    : simplerArguments(input as Readonly<Record<string, unknown>>);
  for (const candidate of all) {
    if (operation.input.safeParse(candidate).success) yield candidate;
  }
}

/** Coefficients are triples, not a space of dimension 3. */
const WITHOUT_COORDINATES: ReadonlySet<string> = new Set(['coefficients']);

function* simplerArguments(input: Readonly<Record<string, unknown>>): Generator<object> {
  const fields = Object.entries(input);
  const spatial = Object.fromEntries(fields.filter(([name]) => !WITHOUT_COORDINATES.has(name)));
  for (const length of lengthsIn(spatial)) {
    for (const range of chunks(length)) {
      yield { ...input, ...(withoutCoordinates(spatial, length, range) as object) };
    }
  }
  for (const [name, value] of fields) {
    if (!Array.isArray(value)) continue;
    for (const range of chunks(value.length)) yield { ...input, [name]: without(value, range) };
  }
  for (const [name, value] of fields) {
    for (const simpler of rougher(value)) yield { ...input, [name]: simpler };
  }
}

function* simplerSequences(operation: OptimiserOperation, input: Input): Generator<object> {
  const { parameters, hyperparameters, gradients } = input;
  for (const range of chunks(gradients.length)) yield { ...input, gradients: without(gradients, range) };
  if (parameters.length > 1) {
    for (const layer of parameters.keys()) {
      const range = [layer, layer + 1] as const;
      yield {
        ...input,
        parameters: without(parameters, range),
        gradients: gradients.map((step) => without(step, range)),
      };
    }
  }
  for (const [layer, rows] of parameters.entries()) {
    for (const range of chunks(rows.length)) yield onLayer(input, layer, (A) => without(A, range));
    for (const range of chunks(rows[0]?.length ?? 0))
      yield onLayer(input, layer, (A) => A.map((row) => without(row, range)));
  }
  yield* simplerHyperparameters(operation, input, hyperparameters as Readonly<Record<string, unknown>>);
  for (const simpler of rougher(parameters)) yield { ...input, parameters: simpler };
  for (const simpler of rougher(gradients)) yield { ...input, gradients: simpler };
}

const onLayer = (input: Input, layer: number, change: (A: Rows) => Rows): Input => ({
  ...input,
  parameters: input.parameters.map((A, at) => (at === layer ? change(A) : A)),
  gradients: input.gradients.map((step) => step.map((A, at) => (at === layer ? change(A) : A))),
});

function* simplerHyperparameters(
  operation: OptimiserOperation,
  input: Input,
  hyperparameters: Readonly<Record<string, unknown>>,
): Generator<object> {
  const changed = (name: string, value: unknown): object => ({
    ...input,
    hyperparameters: { ...hyperparameters, [name]: value },
  });
  for (const [name, value] of Object.entries(hyperparameters)) {
    if (typeof value === 'number') {
      for (const simpler of [0, 1, 0.5]) yield changed(name, simpler);
    }
    const usual = operation.hyperparameters[name];
    if (typeof usual === typeof value) yield changed(name, usual);
    if (Array.isArray(value)) for (const range of chunks(value.length)) yield changed(name, without(value, range));
  }
}
