import { z } from 'zod';
import type { AnyClaim, Printed } from '../claim/claim.ts';
import { subjectsOf } from './subject.ts';
import { got, onOneLine, UsageError } from './usage-error.ts';

/** In rising order of worth. */
const LEVELS = ['statistical', 'certified', 'exact', 'proved'] as const;
type Level = (typeof LEVELS)[number];

const entrySchema = z.object({
  id: z.string().min(1),
  room: z.string().min(1),
  paper: z.string(),
  printed: z.enum(['holds', 'corrected', 'false', 'not-printed']),
  exactness: z.enum(['proved', 'exact', 'certified', 'statistical']),
});
const ledgerSchema = z.object({ claims: z.array(entrySchema) });

/** What a ledger expects of one claim; `printed` is a prediction, `exactness` the lowest level that will do. */
export type LedgerEntry = z.infer<typeof entrySchema>;

/**
 * The entries of a ledger file.
 * @throws UsageError in one line where the text is no ledger, or names a claim twice.
 */
export function parseLedger(text: string, file: string): readonly LedgerEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: required JSON, got ${onOneLine(error instanceof Error ? error.message : '')}`);
  }
  const parsed = ledgerSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path ?? [];
    const at = path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
    const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
    throw new UsageError(
      `${file}: required at ${place === '' ? 'the top' : place.replace(/^\./, '')} ${REQUIRED}, got ${got(at)}`,
    );
  }
  const ids = parsed.data.claims.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new UsageError(`${file}: required each claim once, got ${twice} twice`);
  return parsed.data.claims;
}

const REQUIRED = 'what {"claims":[{"id","room","paper","printed","exactness"}]} has there';

/** What the ledger asks about a claim that exists. */
export interface Standing {
  readonly id: string;
  readonly level: Level;
  readonly printed: Printed;
}

/** The level that a claim reaches here: without an exact form of all that it calls, its instances are certified at most. */
export function standingOf(claim: AnyClaim): Standing {
  const { id, exactness, source } = claim;
  const level = {
    'algebraic-proof': 'proved',
    'exact-instance': subjectsOf(claim).includes('exact') ? 'exact' : 'certified',
    'float64-certified': 'certified',
    statistical: 'statistical',
  } as const;
  return { id, level: level[exactness.level], printed: source.printed };
}

export interface LedgerComparison {
  /** Ids by room, both in the ledger's order. */
  readonly missing: ReadonlyMap<string, readonly string[]>;
  readonly below: readonly { readonly id: string; readonly level: Level; readonly wanted: Level }[];
  /** Where computation overturned the prediction on the printed statement. */
  readonly overturned: readonly { readonly id: string; readonly printed: Printed; readonly predicted: Printed }[];
  readonly unlisted: readonly string[];
  readonly present: number;
}

/** The claims against what a ledger expects of them. */
export function compareWithLedger(ledger: readonly LedgerEntry[], claims: readonly Standing[]): LedgerComparison {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const missing = new Map<string, string[]>();
  for (const { id, room } of ledger) {
    if (!byId.has(id)) missing.set(room, [...(missing.get(room) ?? []), id]);
  }
  const pairs = ledger.flatMap((entry) => {
    const claim = byId.get(entry.id);
    return claim === undefined ? [] : [{ entry, claim }];
  });
  const listed = new Set(ledger.map(({ id }) => id));
  return {
    missing,
    below: pairs
      .filter(({ entry, claim }) => LEVELS.indexOf(claim.level) < LEVELS.indexOf(entry.exactness))
      .map(({ entry, claim }) => ({ id: claim.id, level: claim.level, wanted: entry.exactness })),
    overturned: pairs
      .filter(({ entry, claim }) => claim.printed !== entry.printed)
      .map(({ entry, claim }) => ({ id: claim.id, printed: claim.printed, predicted: entry.printed })),
    unlisted: claims.map(({ id }) => id).filter((id) => !listed.has(id)),
    present: pairs.length,
  };
}
