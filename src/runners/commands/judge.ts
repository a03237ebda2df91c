import { mistakesOf } from '../../mistakes/catalogue.ts';
import { coarserPrecisions } from '../../mistakes/coarser-precision.ts';
import { loadOperation, operationIds } from '../../operations/catalogue.ts';
import { FLOAT_FORMATS } from '../../operations/operation.ts';
import { jsonLine } from '../json-text.ts';
import { known } from '../nearest.ts';
import { progressLine } from '../progress.ts';
import { type Accepted, readAccepted } from '../referee/accepted.ts';
import { type Entry, readConfig } from '../referee/config.ts';
import { judgeDocument } from '../referee/json.ts';
import { judge } from '../referee/judge.ts';
import { judgeJunit } from '../referee/junit.ts';
import { judgeMarkdown } from '../referee/markdown.ts';
import { processPeer } from '../referee/process-peer.ts';
import { type ImplementationReport, isConforming } from '../referee/report-types.ts';
import { splitCommand } from '../referee/split-command.ts';
import { judgeText } from '../referee/text.ts';
import { fromJudgeToken, type JudgedInput } from '../referee/token.ts';
import { UsageError } from '../usage-error.ts';
import { assertWritableFile } from '../writable-file.ts';
import { writeFile } from '../write-file.ts';
import type { CommandResult, Format, Surroundings } from './result.ts';

export interface JudgeCommandOptions {
  /** One command, or the file that lists several. */
  readonly exec?: string;
  readonly config?: string;
  readonly operations: readonly string[];
  readonly runs: number;
  readonly seed: number;
  /** The most rows and columns of a matrix. */
  readonly size: number;
  readonly timeoutMilliseconds: number;
  readonly expected?: string;
  readonly replay?: string;
  readonly markdown?: string;
  readonly junit?: string;
  readonly format: Format;
}

interface Prepared {
  readonly exec: string;
  readonly command: readonly [string, ...string[]];
  readonly accepted: readonly Accepted[];
}

/** `lemmata judge`. Everything that was given is tried before the first process starts. */
export async function judgeCommand(options: JudgeCommandOptions, surroundings: Surroundings): Promise<CommandResult> {
  const operations = options.operations.map((id) => known('--operation', "an operation's id", id, operationIds));
  const replay = options.replay === undefined ? undefined : await readReplay(options.replay);
  const prepared = await Promise.all(entriesOf(options).map(prepare));
  for (const [option, path] of [
    ['--markdown', options.markdown],
    ['--junit', options.junit],
  ] as const) {
    if (path !== undefined) assertWritableFile(option, path);
  }
  const line = progressLine(surroundings.stderr, 'answers judged');
  const { runs, seed, size: mostSize } = options;
  const shared = {
    operations,
    runs,
    seed,
    mostSize,
    progress: line.report,
    ...(replay === undefined ? {} : { replay }),
  };
  const reports: ImplementationReport[] = [];
  try {
    for (const { exec, command, accepted } of prepared) {
      const peer = processPeer(command, { timeoutMilliseconds: options.timeoutMilliseconds });
      try {
        await peer.started();
        reports.push(await judge(peer, exec, { ...shared, accepted }));
      } finally {
        await peer.close();
      }
    }
  } finally {
    line.clear();
  }
  if (options.markdown !== undefined) writeFile(options.markdown, judgeMarkdown(reports));
  if (options.junit !== undefined) writeFile(options.junit, judgeJunit(reports));
  const documents = reports.map(judgeDocument);
  const text =
    options.format === 'json'
      ? `${jsonLine(options.config === undefined ? documents[0] : documents)}\n`
      : reports.map((report) => judgeText(report, surroundings.width)).join('\n');
  return { text, exit: reports.every(isConforming) ? 0 : 1 };
}

function entriesOf({ exec, config, expected }: JudgeCommandOptions): readonly Entry[] {
  if ((exec === undefined) === (config === undefined)) {
    throw new UsageError(
      `--exec: required either --exec CMD or --config FILE, got ${exec === undefined ? 'neither' : 'both'}`,
    );
  }
  if (config === undefined) return [{ exec: exec ?? '', ...(expected === undefined ? {} : { expected }) }];
  if (expected !== undefined) throw new UsageError('--expected: required in the file of --config, got it beside that');
  return readConfig(config);
}

async function prepare({ exec, expected }: Entry): Promise<Prepared> {
  const command = splitCommand(exec);
  const accepted = expected === undefined ? [] : readAccepted('--expected', expected);
  for (const { operation, likely, replay } of accepted) {
    if (replay !== undefined) await readReplay(replay);
    if (likely !== undefined)
      known(`--expected ${expected}`, `a known mistake of ${operation}`, likely, await namesOf(operation));
  }
  return { exec, command, accepted };
}

/** The ids and names under which findings of an operation are printed. */
async function namesOf(id: string): Promise<readonly string[]> {
  const operation = await loadOperation(id);
  const coarser =
    operation === undefined ? [] : FLOAT_FORMATS.flatMap((format) => coarserPrecisions(operation, format));
  return [...(await mistakesOf(id)), ...coarser].flatMap((mistake) => [mistake.id, mistake.name]);
}

/** @throws UsageError for a token of an unknown operation or of an input outside its domain. */
async function readReplay(token: string): Promise<JudgedInput> {
  const judgedInput = fromJudgeToken(token);
  const operation = await loadOperation(
    known('--replay', "a token of an operation's id", judgedInput.operation, operationIds),
  );
  if (operation?.input.safeParse(judgedInput.input).success !== true) {
    throw new UsageError(`--replay: required an input of ${judgedInput.operation}, got one outside its domain`);
  }
  return judgedInput;
}
