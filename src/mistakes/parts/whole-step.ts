import type { Parts } from './assembly.ts';
import { type Decaying, decayAndMove, type Moving, moveAlone } from './moves.ts';
import { UNSHAPED } from './unshaped.ts';

type AllButDirection<H> = Pick<Parts<H>, 'see' | 'shape' | 'move'>;

/** The other parts of a method whose direction is all that there is to it. */
export const STEP: AllButDirection<Moving> = { ...UNSHAPED, move: moveAlone };

/** The same with decay. */
export const STEP_WITH_DECAY: AllButDirection<Decaying> = { ...UNSHAPED, move: decayAndMove };
