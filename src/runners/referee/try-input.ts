import type { Doubles } from '../../operations/operation.ts';
import type { OptimiserInput } from '../../operations/optimiser.ts';
import { type Examined, isOptimiser } from './examined.ts';
import type { Peer } from './peer.ts';
import type { Trial } from './trial.ts';
import { tryFunction } from './try-function.ts';
import { tryOptimiser } from './try-optimiser.ts';

/** Asks an implementation for the answer to one input and judges it; undefined where the definition has none in doubles. */
export function tryInput(peer: Peer, examined: Examined, input: object): Promise<Trial | undefined> {
  const { operation } = examined;
  return isOptimiser(operation)
    ? tryOptimiser(peer, { ...examined, operation }, input as Doubles<OptimiserInput>)
    : tryFunction(peer, examined, input);
}
