import type { AnyClaim, Claim, Exactness, Mutation, Printed, Role, Source } from '../../claim/claim.ts';
import { claimFiles, loadClaim } from '../../claims/load.ts';
import { jsonLine } from '../json-text.ts';
import { columns } from '../layout.ts';
import { known } from '../nearest.ts';
import { type SubjectId, subjectsOf } from '../subject.ts';
import type { CommandResult, Format } from './result.ts';

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

/** `lemmata list`. */
export async function listCommand(options: {
  readonly paper?: string;
  readonly format: Format;
}): Promise<CommandResult> {
  const files = claimFiles();
  const papers = [...new Set(files.map(({ paper }) => paper))];
  const paper = options.paper === undefined ? undefined : known('--paper', "a paper's folder", options.paper, papers);
  const entries = await Promise.all(
    files
      .filter((file) => paper === undefined || file.paper === paper)
      .map(async (file) => {
        const claim = await loadClaim(file.id);
        return claim === undefined ? [] : [entryOf(claim, file.paper)];
      }),
  );
  const list = entries.flat();
  if (options.format === 'json') return { text: `${jsonLine(list)}\n`, exit: 0 };
  const rows = list.map((entry) => [entry.id, entry.paper, entry.exactness, entry.printed]);
  return { text: `${columns([['claim', 'paper', 'exactness', 'printed statement'], ...rows])}\n`, exit: 0 };
}
