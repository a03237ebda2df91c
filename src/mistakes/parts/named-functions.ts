import type { FunctionMistake } from '../mistake.ts';

/** A mistake in a function whose id lacks its operation. */
export interface UnnamedFunction extends Omit<FunctionMistake, 'id' | 'operation'> {
  readonly slug: string;
}

/** The mistakes under the name of their operation. */
export const namedFunctions = (operation: string, mistakes: readonly UnnamedFunction[]): readonly FunctionMistake[] =>
  mistakes.map(({ slug, ...told }) => ({ ...told, id: `${operation}-${slug}`, operation }));
