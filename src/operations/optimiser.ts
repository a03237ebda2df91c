import { z } from 'zod';
import { enclosedNumbers } from '../kernels/numbers/enclosed-numbers.ts';
import { rowsOf } from '../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../kernels/numbers/numbers.ts';
import { DOUBLES, SINGLES } from '../kernels/numbers/rounded-numbers.ts';
import type { Method } from '../methods/method.ts';
import type { Doubles, FloatFormat, Operation } from './operation.ts';
import { parameterMatrix } from './optimiser-domains.ts';
import { largestError, type Run, startRun } from './optimiser-run.ts';
import { matrix, type Rows } from './schema.ts';

export interface OptimiserInput {
  readonly parameters: readonly Rows[];
  readonly hyperparameters: unknown;
  /** One entry a step, each with one gradient a parameter. */
  readonly gradients: readonly (readonly Rows[])[];
}

export interface OptimiserOutput {
  /** The parameters after each step. */
  readonly trajectory: readonly (readonly Rows[])[];
  /** Parameters before minus after each step. */
  readonly updates: readonly (readonly Rows[])[];
}

/** An optimiser as an operation, which can also be taken step by step in any number system. */
export interface OptimiserOperation extends Operation<OptimiserInput, OptimiserOutput> {
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  /** The hyperparameters with every default filled in. @throws RangeError where one is missing, unknown or out of its domain. */
  complete(hyperparameters: unknown): Readonly<Record<string, unknown>>;
  /** The optimiser before its first step: `create` of the protocol. */
  start<T>(numbers: Numbers<T>, parameters: readonly Doubles<Rows>[], hyperparameters: unknown): Run<T>;
}

/** What one file of one optimiser says. */
export interface OptimiserDefinition<H extends object, N extends string> {
  readonly id: string;
  readonly summary: string;
  readonly method: Method<H, N>;
  /** The domain and default of each hyperparameter, in a strict object. */
  readonly hyperparameters: z.ZodType<H> & { readonly shape: Readonly<Record<string, z.ZodType>> };
  /** Defaults that depend on other hyperparameters: in words, and filled in. */
  readonly derived?: { readonly words: Readonly<Record<string, string>>; complete(hyperparameters: H): H };
  /** Where the float32 form would be no reference (a kernel without one), false. */
  readonly single?: false;
}

/**
 * The operation of an optimiser: trajectory and updates, in doubles, in singles, and a bound on their error.
 *
 * The bound comes from two runs in intervals: one encloses the exact trajectory, the other one everything that the format
 * admits (inputs, hyperparameters and state rounded, each operation rounded, each decision open that a quantity within its
 * own error decides; see `enclosedNumbers`). No admissible trajectory is further from the exact one than the ends of
 * these enclosures are from each other.
 */
export function optimiserOperation<H extends object, N extends string>(
  definition: OptimiserDefinition<H, N>,
): OptimiserOperation {
  const { id, method, hyperparameters: schema, derived } = definition;
  const read = (given: unknown): H => {
    const parsed = schema.safeParse(given);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new RangeError(
      `${id}: hyperparameters${issue?.path.map((key) => `.${String(key)}`).join('')}: ${issue?.message}`,
    );
  };
  const start = <T>(numbers: Numbers<T>, parameters: readonly Doubles<Rows>[], given: unknown): Run<T> =>
    startRun(method, numbers, parameters, read(given));
  const follow = <T>(numbers: Numbers<T>, input: Doubles<OptimiserInput>): Followed<T> =>
    followed(start(numbers, input.parameters, input.hyperparameters), input.gradients);
  const compute = (numbers: Numbers<number>, input: Doubles<OptimiserInput>) => {
    const { trajectory, updates } = follow(numbers, input);
    return { trajectory: trajectory.map(finiteRows(id)), updates: updates.map(finiteRows(id)) };
  };
  return {
    id,
    kind: 'optimiser',
    summary: definition.summary,
    input: inputSchema(schema),
    output: z.strictObject({ trajectory: z.array(z.array(matrix)), updates: z.array(z.array(matrix)) }),
    hyperparameters: { ...defaultsOf(schema.shape), ...derived?.words },
    complete: (given) => Object.fromEntries(Object.entries(derived?.complete(read(given)) ?? read(given))),
    start,
    reference: (input) => compute(DOUBLES, input),
    ...(definition.single === false ? {} : { float32: (input) => compute(SINGLES, input) }),
    errorBound: (input, format: FloatFormat) => {
      const [exact, admitted] = [follow(enclosedNumbers('exact'), input), follow(enclosedNumbers(format), input)];
      return Math.max(
        largestError(exact.trajectory.flat(), admitted.trajectory.flat()),
        largestError(exact.updates.flat(), admitted.updates.flat()),
      );
    },
  };
}

interface Followed<T> {
  readonly trajectory: readonly (readonly Grid<T>[])[];
  readonly updates: readonly (readonly Grid<T>[])[];
}

function followed<T>(start: Run<T>, gradients: readonly (readonly Doubles<Rows>[])[]): Followed<T> {
  const [trajectory, updates]: (readonly Grid<T>[])[][] = [[], []];
  let run = start;
  for (const gradient of gradients) {
    const moved = run.step(gradient);
    run = moved.run;
    trajectory?.push(run.parameters);
    updates?.push(moved.updates);
  }
  return { trajectory: trajectory ?? [], updates: updates ?? [] };
}

/** @throws RangeError where a number has overflowed. */
const finiteRows = (id: string) => (grids: readonly Grid<number>[], step: number) =>
  grids.map((grid) => {
    const wrong = grid.data.find((x) => !Number.isFinite(x));
    if (wrong !== undefined)
      throw new RangeError(`${id}: finite parameters, got ${wrong} at step ${step + 1} (overflow)`);
    // JSON knows one zero
    return rowsOf({ ...grid, data: grid.data.map((x) => x + 0) });
  });

const inputSchema = (hyperparameters: z.ZodType) =>
  z
    .strictObject({
      parameters: z
        .array(parameterMatrix, { error: 'an array of matrices' })
        .min(1, { error: 'at least one parameter matrix' }),
      hyperparameters,
      gradients: z.array(z.array(parameterMatrix, { error: 'an array of matrices' }), {
        error: 'an array of steps, each an array of matrices',
      }),
    })
    .superRefine(({ parameters, gradients }, context) => {
      const shape = (rows: readonly (readonly number[])[] | undefined) => `${rows?.length}x${rows?.[0]?.length}`;
      for (const [t, step] of gradients.entries()) {
        if (step.length !== parameters.length) {
          const message = `as many gradients as parameters (${parameters.length})`;
          context.addIssue({ code: 'custom', path: ['gradients', t], message });
          return;
        }
        const wrong = step.findIndex((rows, i) => shape(rows) !== shape(parameters[i]));
        if (wrong >= 0) {
          const message = `a gradient of the shape of its parameter (${shape(parameters[wrong])})`;
          context.addIssue({ code: 'custom', path: ['gradients', t, wrong], message });
          return;
        }
      }
    });

/** The default of each hyperparameter, null where one is required. */
const defaultsOf = (shape: Readonly<Record<string, z.ZodType>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(shape).map(([name, domain]) => {
      const absent = domain.safeParse(undefined);
      return [name, absent.success ? (absent.data ?? null) : null];
    }),
  );
