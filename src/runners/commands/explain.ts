import { claimFiles, loadClaim } from '../../claims/load.ts';
import { explanation } from '../explanation.ts';
import { known } from '../nearest.ts';
import { dossierOf } from '../report/dossier.ts';
import { DEFAULT_SEED } from '../seed.ts';
import type { CommandResult, Surroundings } from './result.ts';

/** As many instances a family as `check` draws where nothing else is said. */
const RUNS = 100;

/** `lemmata explain ID`. */
export async function explainCommand(id: string, { width, stderr }: Surroundings): Promise<CommandResult> {
  const files = claimFiles();
  const ids = files.map((file) => file.id);
  known('ID', "a claim's id", id, ids);
  const paper = files.find((file) => file.id === id)?.paper ?? '';
  const claim = await loadClaim(id);
  if (claim === undefined) throw new RangeError(`explain: a claim, got ${id}`);
  if (stderr.isTTY === true) stderr.write(`checking ${id}`);
  const dossier = await dossierOf(claim, paper, { runs: RUNS, seed: DEFAULT_SEED });
  if (stderr.isTTY === true) stderr.write('\r\u001b[K');
  return { text: explanation(dossier, width), exit: 0 };
}
