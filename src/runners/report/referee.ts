import { FLOAT_FORMATS, type FloatFormat } from '../../operations/operation.ts';
import type { OperationKillRate, Sighting } from '../referee/kill-rate.ts';
import { MARKDOWN_MARK } from './pages.ts';
import { REFEREE_RUNS, REPORT_SEED } from './settings.ts';
import { table } from './table.ts';

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.floor((100 * part) / whole)} %`);

const at = (sightings: readonly Sighting[], format: FloatFormat): readonly Sighting[] =>
  sightings.filter((sighting) => sighting.format === format);

const caught = (sightings: readonly Sighting[]): number => sightings.filter(({ isCaught }) => isCaught).length;
const named = (sightings: readonly Sighting[]): number => sightings.filter(({ isNamed }) => isNamed).length;

function row(operation: string, sightings: readonly Sighting[]): readonly string[] {
  const cells = FLOAT_FORMATS.map((format) => {
    const seen = at(sightings, format);
    return `${caught(seen)} / ${named(seen)}`;
  });
  return [operation, String(at(sightings, 'float64').length), ...cells];
}

function totals(sightings: readonly Sighting[]): string {
  return FLOAT_FORMATS.map((format) => {
    const seen = at(sightings, format);
    return `${format}: ${percent(caught(seen), seen.length)} caught, ${percent(named(seen), seen.length)} named`;
  }).join('; ');
}

/** The mistakes that a precision does not show, by operation. */
function unseen(rates: readonly OperationKillRate[], format: FloatFormat): string {
  const lines = rates.flatMap(({ operation, sightings }) => {
    const missed = at(sightings, format).filter(({ isCaught }) => !isCaught);
    return missed.length === 0 ? [] : [`- \`${operation}\`: ${missed.map(({ name }) => name).join('; ')}.`];
  });
  return lines.length === 0 ? 'Nothing of the catalogue.' : lines.join('\n');
}

/** How good the referee is: which known mistakes it catches and names in each precision, and that it lets right answers pass. */
export function refereePage(rates: readonly OperationKillRate[]): string {
  const sightings = rates.flatMap((rate) => rate.sightings);
  const withMistakes = rates.filter((rate) => rate.sightings.length > 0);
  const alarms = rates.map(({ operation, alarms: all }) => [
    operation,
    ...FLOAT_FORMATS.map((format) => {
      const found = all.find((alarm) => alarm.format === format);
      return found === undefined ? '–' : `${found.failed} of ${found.calls}`;
    }),
  ]);
  return `${[
    MARKDOWN_MARK,
    '# How good is the referee?',
    `Every entry of the catalogue of known mistakes stands in for an implementation, in the arithmetic of each precision, and is judged on the inputs that pin the mistakes and, where those do not show it, on ${REFEREE_RUNS} random ones (seed ${REPORT_SEED}). *Caught* means that an answer to a *must* is rejected, *named* that the first name given is the mistake's own.`,
    `${sightings.length / FLOAT_FORMATS.length} mistakes. ${totals(sightings)}.`,
    '## Caught / named',
    table(
      ['operation', 'mistakes', ...FLOAT_FORMATS],
      withMistakes.map(({ operation, sightings: own }) => row(operation, own)),
      ['left', 'right', 'right', 'right', 'right'],
    ),
    '## What a precision cannot see',
    'A mistake is not seen where its effect lies within what the precision may lose: the error bound of the definition, with inputs, hyperparameters and state rounded to the format first, is wider than what the mistake changes on every input that was tried. Judge a float64 build where there is one.',
    '### float32',
    unseen(rates, 'float32'),
    '### bfloat16',
    unseen(rates, 'bfloat16'),
    '## False alarms',
    'The definition itself, in the arithmetic of each precision: answers rejected of answers judged. Every number but 0 would be a mistake of the referee.',
    table(['operation', ...FLOAT_FORMATS], alarms, ['left', 'right', 'right', 'right']),
  ].join('\n\n')}\n`;
}

/** What must not be: a mistake that float64 does not show or that bears another name, and a right answer that is rejected. */
export function refereeObjections({ operation, sightings, alarms }: OperationKillRate): readonly string[] {
  const missed = at(sightings, 'float64').filter(({ isCaught, isNamed }) => !isCaught || !isNamed);
  return [
    ...missed.map(
      ({ mistake, isCaught }) => `judge: ${mistake} is ${isCaught ? 'caught, but not named' : 'not caught'} at float64`,
    ),
    ...alarms
      .filter(({ failed }) => failed > 0)
      .map(({ format, failed }) => `judge: ${failed} right answers of ${operation} rejected at ${format}`),
  ];
}
