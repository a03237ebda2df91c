import { loadClaim } from '../../claims/load.ts';
import type { Plotted } from './contents.ts';
import { dossierOf } from './dossier.ts';
import { ratioPlot } from './ratio-plot.ts';
import { rendered } from './render.ts';

export interface PlottedTask {
  readonly id: string;
  readonly paper: string;
}

/** The one backend that answers with the same bits on every machine. */
const BACKEND = 'webasm';

/** Checks one claim and draws its plot: the part of the report that runs beside others. */
export async function plotted({ id, paper }: PlottedTask): Promise<Plotted> {
  const claim = await loadClaim(id);
  if (claim === undefined) throw new RangeError(`report: a claim ${id}, got none`);
  process.env.LEMMATA_BACKEND = BACKEND;
  const dossier = await dossierOf(claim, paper);
  const specification = ratioPlot(dossier);
  return { dossier, plot: specification === undefined ? undefined : await rendered(specification) };
}
