import type { OptimiserOperation } from '../../operations/optimiser.ts';
import type { OptimiserMistake } from '../mistake.ts';

/** A mistake whose id lacks its operation. */
export interface Unnamed extends Omit<OptimiserMistake, 'id' | 'operation'> {
  readonly slug: string;
}

/** The mistakes under the name of their operation. */
export const named = (operation: OptimiserOperation, mistakes: readonly Unnamed[]): readonly OptimiserMistake[] =>
  mistakes.map(({ slug, ...told }) => ({ ...told, id: `${operation.id}-${slug}`, operation: operation.id }));
