import { claimFiles, loadClaim } from '../../claims/load.ts';
import { jsonLine } from '../json-text.ts';
import { known } from '../nearest.ts';
import { type Tightened, tightenClaim } from '../tighten.ts';
import type { CommandResult, Format, Surroundings } from './result.ts';

export interface TightenCommandOptions {
  readonly budgetMilliseconds: number;
  readonly seed: number;
  readonly format: Format;
}

function forPeople({ id, ratio, sampled, supremum, verdict, family, instance, evaluations }: Tightened): string {
  if (ratio === null && verdict !== 'violated') return `${id}: no instance with a ratio among ${evaluations}`;
  const gained =
    ratio !== null && sampled !== null && ratio > sampled
      ? `more than the ${sampled} of the instances drawn`
      : 'drawn as it is; climbing did not improve it';
  return [
    ...(verdict === 'violated'
      ? [`${id} is VIOLATED inside its stated assumptions: it is false, or one of them is not stated.`]
      : []),
    `${id}: ratio ${ratio ?? 'none'} of ${supremum === 'unknown' ? 'an unknown supremum' : supremum}, ${gained}`,
    `${evaluations} instances judged, from family ${family}; keep this one:`,
    jsonLine(instance),
  ].join('\n');
}

/** The record so far and the time left, on a terminal. */
function searchLine(stream: NodeJS.WriteStream, budget: number): { record(ratio: number): void; clear(): void } {
  if (stream.isTTY !== true) return { record: () => undefined, clear: () => undefined };
  const started = performance.now();
  let record = 'no ratio yet';
  const show = (): void => {
    const seconds = Math.ceil((budget - (performance.now() - started)) / 1000);
    stream.write(`\r\u001b[K${record}, ${Math.max(0, seconds)} s left`);
  };
  const timer = setInterval(show, 500);
  return {
    record: (ratio) => {
      record = `ratio ${ratio}`;
    },
    clear: () => {
      clearInterval(timer);
      stream.write('\r\u001b[K');
    },
  };
}

/** `lemmata tighten ID`. */
export async function tightenCommand(
  id: string,
  { budgetMilliseconds, seed, format }: TightenCommandOptions,
  { stderr }: Surroundings,
): Promise<CommandResult> {
  known(
    'ID',
    "a claim's id",
    id,
    claimFiles().map((file) => file.id),
  );
  const claim = await loadClaim(id);
  if (claim === undefined) throw new RangeError(`tighten: a claim, got ${id}`);
  const line = searchLine(stderr, budgetMilliseconds);
  const tightened = await tightenClaim(claim, { budgetMilliseconds, seed, onRecord: line.record }).finally(line.clear);
  const text = format === 'json' ? jsonLine(tightened) : forPeople(tightened);
  return { text: `${text}\n`, exit: 0 };
}
