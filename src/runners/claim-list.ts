import { existsSync, readFileSync } from 'node:fs';
import type { AnyClaim, Claim, Exactness, Mutation, Printed, Role, Source } from '../claim/claim.ts';
import { claimFiles, loadClaim } from '../claims/load.ts';
import { jsonLine } from './json-text.ts';
import { type SubjectId, subjectsOf } from './subject.ts';

/** A claim as outsiders see it. */
export interface ListEntry {
  readonly id: string;
  /** The folder of the paper, what `--paper` selects by. */
  readonly paper: string;
  readonly source: Source;
  readonly statement: string;
  readonly exactness: 'proved' | 'exact' | 'certified' | 'statistical';
  readonly printed: Printed;
  readonly subjects: readonly SubjectId[];
  readonly families: readonly { readonly id: string; readonly role: Role }[];
  readonly controls: readonly { readonly id: string; readonly mutation: Mutation }[];
  readonly tightness: { readonly supremum: number | 'unknown'; readonly floor: number; readonly family: string };
  readonly steps: readonly { readonly id: string; readonly text: string }[];
}

const EXACTNESS: Readonly<Record<Exactness['level'], ListEntry['exactness']>> = {
  'algebraic-proof': 'proved',
  'exact-instance': 'exact',
  'float64-certified': 'certified',
  statistical: 'statistical',
};

function entryOf(anyClaim: AnyClaim, paper: string): ListEntry {
  const claim = anyClaim as unknown as Claim<unknown, unknown>;
  const { supremum, floor, family } = claim.tightness;
  return {
    id: claim.id,
    paper,
    source: claim.source,
    statement: claim.statement,
    exactness: EXACTNESS[claim.exactness.level],
    printed: claim.source.printed,
    subjects: subjectsOf(claim),
    families: claim.families.map(({ id, role }) => ({ id, role })),
    controls: claim.controls.map(({ id, mutation }) => ({ id, mutation })),
    tightness: { supremum, floor, family },
    steps: (claim.proof ?? []).map(({ id, text }) => ({ id, text })),
  };
}

/** All claims, from their files. */
async function loadedList(): Promise<readonly ListEntry[]> {
  const entries = await Promise.all(
    claimFiles().map(async ({ id, paper }) => {
      const claim = await loadClaim(id);
      return claim === undefined ? [] : [entryOf(claim, paper)];
    }),
  );
  return entries.flat();
}

/** Beside the compiled claims: the build writes there what `list` prints, since loading every claim takes longer than a reader waits. */
const INDEX = new URL('../claims/index.json', import.meta.url);

/** What the build keeps: derived from the claims alone, made anew with every build. */
export const claimIndex = async (): Promise<string> => jsonLine(await loadedList());

/** All claims, from the index of the built package or, where there is none, from their files. */
export async function claimList(): Promise<readonly ListEntry[]> {
  return existsSync(INDEX) ? (JSON.parse(readFileSync(INDEX, 'utf8')) as readonly ListEntry[]) : loadedList();
}
