import type { Method } from '../../methods/method.ts';
import type { OptimiserOperation } from '../../operations/optimiser.ts';
import type { OptimiserMistake } from '../mistake.ts';
import { byMethod } from '../variants.ts';
import { assembled, type Memory, type Parts } from './assembly.ts';

type Start = OptimiserOperation['start'];

/**
 * A mistake before it is told of one operation: Adam's root can be wrong in every method that is built on Adam. H is what the
 * part at fault needs to know.
 */
export interface Flaw<H> extends Omit<OptimiserMistake, 'id' | 'operation' | 'start'> {
  /** The id of the mistake without its operation. */
  readonly slug: string;
  /** The parts of the step that it changes. */
  readonly change?: Partial<Parts<H>>;
  /** How runs are taken, where the fault is in more than one step of one matrix. */
  runs?(operation: OptimiserOperation, method: Method<H, Memory>): Start;
}

/** The mistakes that these flaws are in an operation that consists of these parts. */
export const mistakesOfParts = <H>(
  operation: OptimiserOperation,
  parts: Parts<H>,
  flaws: readonly Flaw<H>[],
): readonly OptimiserMistake[] =>
  flaws.map(({ slug, change, runs = byMethod, ...told }) => ({
    ...told,
    id: `${operation.id}-${slug}`,
    operation: operation.id,
    start: runs(operation, assembled({ ...parts, ...change })),
  }));
