import type { MgupHyperparameters } from '../../methods/mgup.ts';
import type { Flaw } from './flaw.ts';
import { type MgupPieces, mgupRule } from './mgup-rule.ts';

/** A mistake in the choice of MGUP, before it is told of one form of it. */
export interface ChoiceFlaw extends Omit<Flaw<MgupHyperparameters>, 'change' | 'runs'> {
  readonly pieces: Partial<MgupPieces>;
}

/** These mistakes in the form of MGUP that has these pieces. */
export const choiceFlaws = (
  own: Partial<MgupPieces>,
  flaws: readonly ChoiceFlaw[],
): readonly Flaw<MgupHyperparameters>[] =>
  flaws.map(({ pieces, ...told }) => ({ ...told, change: { shape: mgupRule({ ...own, ...pieces }) } }));
