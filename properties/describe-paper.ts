import { describe, expect, it } from 'vitest';
import { claimFiles, loadClaim } from '../src/claims/load.ts';
import { checkClaim, isAsDeclared } from '../src/runners/check.ts';
import { DEFAULT_SEED } from '../src/runners/seed.ts';

/** Instances a family in the suite; deep runs are `lemmata check --runs`. */
const RUNS = 25;

/** One test a claim of the paper: everything is as declared, on every subject that the machine offers. */
export async function describePaper(paper: string): Promise<void> {
  const files = claimFiles().filter((file) => file.paper === paper);
  describe(paper, () => {
    it('has claims', () => expect(files.length).toBeGreaterThan(0));
    for (const { id } of files) {
      it(id, async () => {
        const claim = await loadClaim(id);
        if (claim === undefined) throw new RangeError(`describePaper: a claim ${id}, got none`);
        const entries = (await checkClaim(claim, { runs: RUNS, seed: DEFAULT_SEED, subject: 'all' })).map(
          ({ entry }) => entry,
        );
        expect(
          entries
            .filter((entry) => !isAsDeclared(entry))
            .map(({ subject, verdict, note }) => ({ subject, verdict, note })),
        ).toEqual([]);
        // the first subject is the most exact one: it must have shown something
        expect(entries[0]?.verdict).not.toBe('skipped');
      });
    }
  });
}
