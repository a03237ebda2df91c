import type { Mistake } from '../../mistakes/mistake.ts';
import type { Examined } from './examined.ts';
import { isExplained, type Likely, likelyMistakes } from './names.ts';
import { natureOf } from './nature.ts';
import type { Peer } from './peer.ts';
import { shrunk } from './shrink.ts';
import { simplerInputs } from './simpler-inputs.ts';
import type { Trial } from './trial.ts';
import { tryInput } from './try-input.ts';

/** A failure as it is reported: the simplest input, and the mistakes that would explain the answer to it. */
export interface Found {
  readonly trial: Trial;
  readonly likely: readonly Likely[];
  /** With how many other answers the names were compared. */
  readonly others: number;
}

const WRONG = { calls: 400, milliseconds: 30_000 };
/** Every try costs the start of a process, or the whole time limit where it hangs. */
const BROKEN = { calls: 40, milliseconds: 5_000 };

/** Shrinks one failure and names it; answers that the `known` mistakes explain are other failures. */
export async function find(
  peer: Peer,
  examined: Examined,
  failure: Trial,
  { others, known }: { readonly others: readonly Trial[]; readonly known: readonly Mistake[] },
): Promise<Found> {
  const nature = natureOf(failure);
  const first = likelyMistakes(failure, others, examined)[0]?.mistake;
  const stillFails = async (input: object): Promise<Trial | undefined> => {
    const trial = await tryInput(peer, examined, input);
    if (trial === undefined || trial.obligation !== failure.obligation || natureOf(trial) !== nature) return undefined;
    if (isExplained(trial, known, examined)) return undefined;
    return first === undefined || isExplained(trial, [first], examined) ? trial : undefined;
  };
  const trial = await shrunk(failure, {
    simpler: (input) => simplerInputs(examined.operation, input),
    stillFails,
    ...(nature === 'broken' ? BROKEN : WRONG),
  });
  return { trial, likely: likelyMistakes(trial, others, examined), others: others.length };
}
