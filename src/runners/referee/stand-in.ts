import { rowsOf } from '../../kernels/numbers/grid.ts';
import type { Numbers } from '../../kernels/numbers/numbers.ts';
import { roundTo } from '../../kernels/numbers/round-to.ts';
import { BFLOATS, DOUBLES, SINGLES } from '../../kernels/numbers/rounded-numbers.ts';
import { isOptimiserMistake, type Mistake } from '../../mistakes/mistake.ts';
import type { AnyOperation, FloatFormat } from '../../operations/operation.ts';
import type { OptimiserOperation } from '../../operations/optimiser.ts';
import type { Run } from '../../operations/optimiser-run.ts';
import { isOptimiser } from './examined.ts';
import type { Peer, Reply, Request } from './peer.ts';

/** What stands in for an implementation: an operation, right or with one mistake, in the arithmetic of a format. */
export interface StandIn {
  readonly operation: AnyOperation;
  readonly mistake?: Mistake;
  readonly format: FloatFormat;
}

type Rows = readonly (readonly number[])[];

const NUMBERS: Readonly<Record<FloatFormat, Numbers<number>>> = {
  float64: DOUBLES,
  float32: SINGLES,
  bfloat16: BFLOATS,
};

const answer = (message: Readonly<Record<string, unknown>>): Reply => ({ kind: 'answer', message });
const refused = (error: unknown): Reply => ({
  kind: 'refused',
  reason: error instanceof Error ? error.message : String(error),
});

/** Every number of a JSON value changed. */
const mappedNumbers = (value: unknown, change: (x: number) => number): unknown => {
  if (typeof value === 'number') return change(value);
  if (Array.isArray(value)) return value.map((item) => mappedNumbers(item, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mappedNumbers(item, change)]));
};

/**
 * An implementation in this process, to measure what the referee sees: functions are computed in double precision and rounded to the format,
 * optimisers take every operation in it.
 */
export function standInPeer(standIn: StandIn): Peer {
  const { operation, mistake, format } = standIn;
  const sequences = new Map<string, (gradients: readonly Rows[]) => readonly Rows[]>();
  let created = 0;
  const reply = (request: Request): Reply => {
    switch (request.op) {
      case 'describe':
        return answer({
          name: mistake?.id ?? operation.id,
          version: '1',
          precision: format,
          operations: [operation.id],
        });
      case 'call':
        return answer({ output: outputOf(standIn, request.input as object) });
      case 'create': {
        created += 1;
        const handle = `h${created}`;
        if (!isOptimiser(operation)) return refused(`${operation.id} is no optimiser`);
        sequences.set(handle, sequence(standIn, operation, request.input as Start));
        return answer({ handle });
      }
      case 'step': {
        const take = sequences.get(request.handle);
        return take === undefined
          ? refused(`no handle ${request.handle}`)
          : answer({ parameters: take(request.gradients as readonly Rows[]) });
      }
      case 'free':
        sequences.delete(request.handle);
        return answer({});
    }
  };
  return {
    generation: 1,
    ask: async (request) => {
      try {
        return reply(request);
      } catch (error) {
        // what it cannot compute (an overflow, a singular matrix) it refuses
        if (error instanceof RangeError || error instanceof TypeError) return refused(error);
        throw error;
      }
    },
    close: async () => undefined,
  };
}

function outputOf({ operation, mistake, format }: StandIn, input: object): unknown {
  const computed = mistake !== undefined && !isOptimiserMistake(mistake) ? mistake : operation;
  if (computed !== operation && computed === mistake && computed.isNotFinite?.(input as never) === true) {
    return mappedNumbers(operation.reference(input as never), () => Number.NaN);
  }
  const output = computed.reference(input as never);
  // an enclosure must not lose its exact value by rounding
  const isEnclosure = computed.errorBound(input as never, format) === undefined;
  return isEnclosure ? output : mappedNumbers(output, (x) => roundTo(x, format));
}

interface Start {
  readonly parameters: readonly Rows[];
  readonly hyperparameters: unknown;
}

function sequence({ mistake, format }: StandIn, operation: OptimiserOperation, input: Start) {
  const mistaken = mistake !== undefined && isOptimiserMistake(mistake) ? mistake : undefined;
  const seen: (readonly Rows[])[] = [];
  let run: Run<number> = (mistaken ?? operation).start(NUMBERS[format], input.parameters, input.hyperparameters);
  return (gradients: readonly Rows[]): readonly Rows[] => {
    seen.push(gradients);
    run = run.step(gradients).run;
    return run.parameters.map((grid, layer) => {
      const isLost = mistaken?.isNotFinite?.({ ...input, gradients: seen }, seen.length - 1, layer) === true;
      return rowsOf(isLost ? { ...grid, data: grid.data.map(() => Number.NaN) } : grid);
    });
  };
}
