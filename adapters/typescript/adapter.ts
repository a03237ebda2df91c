/**
 * Lets `lemmata judge` question a TypeScript or JavaScript implementation. Copy this file beside your adapter (see example.ts),
 * then `npx lemmata judge --exec "node my-adapter.ts"`.
 *
 * A matrix is an array of rows, rows = outputs and columns = inputs; `[]` is the 0×0 matrix and `[[],[]]` is 2×0.
 */
import { createInterface } from 'node:readline';

export type Matrix = readonly (readonly number[])[];

/** One step: a gradient for each parameter in, the new parameters out. */
export type Step = (gradients: readonly Matrix[]) => readonly Matrix[] | Promise<readonly Matrix[]>;

/** Called once for each optimiser that is created. The judge sends every hyperparameter. */
export type Factory<H> = (parameters: readonly Matrix[], hyperparameters: H) => Step | Promise<Step>;

export interface Implementation {
  readonly name: string;
  readonly version: string;
  /** That of the least precise arithmetic in use. */
  readonly precision: 'float64' | 'float32' | 'bfloat16';
  /** By operation: the input in, the output (`{ matrix }`, `{ value }`, …) or a promise of it out. */
  readonly functions?: Readonly<Record<string, (input: never) => unknown>>;
  readonly optimisers?: Readonly<Record<string, Factory<never>>>;
}

interface Request {
  readonly id?: unknown;
  readonly op?: unknown;
  readonly operation?: unknown;
  readonly input?: unknown;
  readonly handle?: unknown;
  readonly gradients?: readonly Matrix[];
}

/**
 * Answers one request a line from stdin until it ends.
 *
 * stdout belongs to the protocol: whatever else writes to it, `console.log` included, goes to stderr.
 */
export async function serve(implementation: Implementation): Promise<void> {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  const answer = answering(implementation);
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    let id: unknown = null;
    let text: string;
    try {
      const request = parsed(line);
      id = request.id;
      text = encoded({ id, ...(await answer(request)) });
    } catch (error) {
      // whatever goes wrong in a request refuses that request alone
      console.error(error);
      text = encoded({ id, error: String(error).replaceAll(/\s+/g, ' ') });
    }
    write(`${text}\n`);
  }
}

/** What has been created so far, and the answer to each kind of request. */
function answering({ functions = {}, optimisers = {}, ...description }: Implementation) {
  const calls = new Map(Object.entries(functions));
  const factories = new Map(Object.entries(optimisers));
  const steps = new Map<string, Step>();
  let created = 0;
  return async ({ op, operation, input, handle, gradients }: Request): Promise<object> => {
    switch (op) {
      case 'describe':
        return { ...description, operations: [...calls.keys(), ...factories.keys()] };
      case 'call':
        return { output: await chosen('call', calls, operation)(input as never) };
      case 'create': {
        const factory = chosen('create', factories, operation);
        const { parameters, hyperparameters } = input as { parameters: readonly Matrix[]; hyperparameters: never };
        const step = await factory(parameters, hyperparameters);
        created += 1;
        steps.set(`h${created}`, step);
        return { handle: `h${created}` };
      }
      case 'step':
        return { parameters: await chosen('step', steps, handle)(gradients ?? []) };
      case 'free':
        chosen('free', steps, handle);
        steps.delete(String(handle));
        return {};
      default:
        throw new RangeError(`request: op describe, call, create, step or free, got ${JSON.stringify(op)}`);
    }
  };
}

function chosen<T>(op: string, known: ReadonlyMap<unknown, T>, key: unknown): T {
  const found = known.get(key);
  if (found === undefined) {
    throw new RangeError(`${op}: one of ${[...known.keys()].join(', ')}, got ${JSON.stringify(key)}`);
  }
  return found;
}

/** JSON knows no NaN and no infinity: they travel as text. Other numbers are written so that the same double comes back. */
const NON_FINITE = new Map<unknown, number>([Number.NaN, Infinity, -Infinity].map((x) => [String(x), x]));

const encoded = (message: object): string =>
  JSON.stringify(message, (_key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    // a typed array would become an object
    return ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
  });

function parsed(line: string): Request {
  const revive = (_key: string, value: unknown): unknown => NON_FINITE.get(value) ?? value;
  // a look at every number is taken only where one of them may be text
  const request: unknown = /(NaN|Infinity)"/.test(line) ? JSON.parse(line, revive) : JSON.parse(line);
  if (typeof request === 'object' && request !== null && !Array.isArray(request)) return request;
  throw new TypeError(`request: a JSON object, got ${line.slice(0, 40)}`);
}
