import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { loadOperation, operationIds } from '../operations/catalogue.ts';
import { Declined, type Operation, type Precision } from '../operations/operation.ts';
import { badField, requirement } from './bad-field.ts';
import { jsonFault } from './json-fault.ts';
import { known } from './nearest.ts';
import { parseNpy } from './npy.ts';
import { offeredPrecisions } from './precisions.ts';
import { assertRawNumbers } from './raw-numbers.ts';
import { readInput } from './read-input.ts';
import { got, onOneLine, systemReason, UsageError } from './usage-error.ts';

export interface EvaluateOptions {
  readonly precision: Precision;
  /** An `.npy` file that gives the field `matrix`. */
  readonly matrix?: string;
  readonly stdin: Readable & { readonly isTTY?: boolean };
}

export interface Evaluated {
  readonly operation: string;
  readonly precision: Precision;
  readonly output: unknown;
  /** Bounds |computed - exact| for every number of the output; absent where all of them are enclosures. */
  readonly forwardError?: number;
}

type AnyOperation = Operation<unknown, unknown>;

/** A mistake in what the user gave, where it stands. */
const at = (place: string, error: unknown): unknown =>
  error instanceof UsageError ? new UsageError(`${place}: ${error.message}`) : error;

function readMatrix(path: string): readonly (readonly number[])[] {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const reason = systemReason(error) ?? (error instanceof Error ? onOneLine(error.message) : String(error));
    throw new UsageError(`--matrix: required a readable file, got ${got(path)} (${reason})`);
  }
  try {
    return parseNpy(bytes);
  } catch (error) {
    throw at(`--matrix ${onOneLine(path)}`, error);
  }
}

function parseInput(text: string): object {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    const { line, column, found } = jsonFault(text);
    throw new UsageError(`stdin: required JSON, got ${found} at line ${line}, column ${column}`);
  }
  if (input !== null && typeof input === 'object' && !Array.isArray(input)) return input;
  throw new UsageError(`stdin: required an object, got ${got(input)}`);
}

/** The input from stdin, with its matrix from the file where one is named. */
async function readOperationInput({ matrix: path, stdin, precision }: EvaluateOptions): Promise<object> {
  const matrix = path === undefined ? undefined : readMatrix(path);
  // nobody types the rest at a terminal when a file was named
  const text = matrix !== undefined && stdin.isTTY === true ? '' : await readInput(stdin);
  if (text.trim() === '') {
    if (matrix === undefined) throw new UsageError('stdin: required a JSON object, got nothing');
    return { matrix };
  }
  const input = parseInput(text);
  assertRawNumbers(input, precision === 'exact' ? 'allowed' : 'refused');
  if (matrix === undefined) return input;
  if (Object.hasOwn(input, 'matrix')) throw new UsageError('matrix: required once, got it by --matrix and on stdin');
  return { ...input, matrix };
}

async function compute(
  operation: AnyOperation,
  precision: Precision,
  input: unknown,
): Promise<Pick<Evaluated, 'output' | 'forwardError'>> {
  if (precision === 'exact') {
    const output = operation.exact?.(input);
    if (output instanceof Declined)
      throw new UsageError(`--precision exact: required a rational result, got ${output.reason}`);
    return { output, forwardError: 0 };
  }
  const doubles = input as never;
  const forwardError = operation.errorBound(doubles, precision === 'float64' ? 'float64' : 'float32');
  const form = { float64: 'reference', float32: 'float32', gpu: 'gpu' } as const;
  const output: unknown = await operation[form[precision]]?.(doubles);
  return { output, ...(forwardError === undefined ? {} : { forwardError }) };
}

/**
 * One result of an operation for the input on stdin.
 * @throws UsageError for everything that is wrong with the operation's name, its precision or its input.
 */
export async function evaluate(id: string, options: EvaluateOptions): Promise<Evaluated> {
  const { precision } = options;
  const operation = (await loadOperation(
    known('OPERATION', "an operation's id", id, operationIds),
  )) as unknown as AnyOperation;
  const offered = offeredPrecisions(operation);
  if (!offered.includes(precision)) {
    throw new UsageError(`--precision: required one of ${offered.join(', ')} for ${id}, got "${precision}"`);
  }
  const raw = await readOperationInput(options);
  const parsed = parsedBy(operation, raw);
  try {
    return { operation: id, precision, ...(await compute(operation, precision, parsed)) };
  } catch (error) {
    // an operation refuses a value by RangeError, a shape by TypeError; a backend that is not here says so by its name
    const isRefusal =
      error instanceof RangeError ||
      error instanceof TypeError ||
      (error instanceof Error && error.name === 'BackendUnavailable');
    throw isRefusal ? new UsageError(onOneLine(error.message), { cause: error }) : error;
  }
}

/** The input with its defaults. @throws UsageError at the first thing that the schema objects to. */
function parsedBy(operation: AnyOperation, input: object): unknown {
  let parsed: ReturnType<AnyOperation['input']['safeParse']>;
  try {
    parsed = operation.input.safeParse(input, { error: requirement });
  } catch (error) {
    // zod gathers its complaints on the stack
    if (error instanceof RangeError) throw new UsageError('stdin: required valid input, got too many mistakes to list');
    throw error;
  }
  if (!parsed.success) throw new UsageError(badField(input, parsed.error.issues));
  return parsed.data;
}
