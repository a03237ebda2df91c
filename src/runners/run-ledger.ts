import { readFileSync } from 'node:fs';
import { loadClaims } from '../claims/load.ts';
import { compareWithLedger, parseLedger, standingOf } from './ledger.ts';
import { ledgerText } from './ledger-text.ts';
import { onOneLine, systemReason, UsageError } from './usage-error.ts';

interface Ran {
  readonly code: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

function readLedger(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: required a readable file, got ${systemReason(error) ?? 'none'}`);
  }
}

/** `ledger FILE`: exit 0 where nothing that exists is below its level, 1 otherwise, 2 on bad input. */
export async function runLedger(args: readonly string[]): Promise<Ran> {
  try {
    const [file, ...more] = args;
    if (file === undefined || more.length > 0) {
      throw new UsageError(`ledger: required one file (npm run ledger -- FILE), got ${args.length}`);
    }
    const ledger = parseLedger(readLedger(file), file);
    const comparison = compareWithLedger(ledger, (await loadClaims()).map(standingOf));
    return { code: comparison.below.length === 0 ? 0 : 1, stdout: `${ledgerText(comparison)}\n`, stderr: '' };
  } catch (error) {
    if (error instanceof UsageError) return { code: 2, stdout: '', stderr: `${onOneLine(error.message)}\n` };
    throw error;
  }
}
