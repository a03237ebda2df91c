#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import {
  parseBudget,
  parsePrecision,
  parseRuns,
  parseSeed,
  parseSize,
  parseSubject,
  parseTimeout,
} from './runners/arguments.ts';
import type { CommandResult, Format, Surroundings } from './runners/commands/result.ts';
import { failureOf } from './runners/failure.ts';
import { DEFAULT_SEED } from './runners/seed.ts';
import { systemReason, UsageError } from './runners/usage-error.ts';

const DEFAULT_RUNS = 100;
const DEFAULT_BUDGET = 30_000;
const DEFAULT_TIMEOUT = 10_000;
const DEFAULT_SIZE = 64;
const WIDTH_OF_A_PIPE = 100;
const INTERRUPTED = 130;
const TERMINATED = 143;
const HUNG_UP = 129;

const { stdin, stdout, stderr } = process;
const surroundings: Surroundings = { width: stdout.columns ?? WIDTH_OF_A_PIPE, stdin, stderr };

interface Json {
  readonly json?: true;
}

const format = ({ json }: Json): { readonly format: Format } => ({ format: json === true ? 'json' : 'people' });
const jsonOption = new Option('--json', 'one JSON document on one line, nothing else');
const seedOption = new Option('--seed <integer>', 'repeats a run').argParser(parseSeed).default(DEFAULT_SEED);

/** What the command that was asked for prints, and how it ends. */
let result: CommandResult = { text: '', exit: 0 };

/** Commands that write files or run long hear Ctrl-C between two steps, when no file is half-written. */
function endOnSignals(): void {
  process.once('SIGINT', () => process.exit(INTERRUPTED));
  process.once('SIGTERM', () => process.exit(TERMINATED));
  process.once('SIGHUP', () => process.exit(HUNG_UP));
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

const lemmata = new Command('lemmata')
  .description('Executable theory for modern optimisers: every theorem is a claim that can be refuted.')
  .version(version(), '-V, --version')
  .exitOverride()
  .configureOutput({
    writeOut: (text) => {
      result = { text: result.text + text, exit: 0 };
    },
    // the one line of an error is written by whoever catches it
    writeErr: () => undefined,
  })
  .addHelpText(
    'after',
    '\nExamples:\n  npx lemmata check        tries to refute every claim\n  npx lemmata help check',
  );

/** A command with its help; what it needs is loaded by its action alone. */
const command = (usage: string, summary: string, example: string): Command =>
  lemmata.command(usage).summary(summary).description(summary).addHelpText('after', `\nExample:\n  ${example}`);

command('list', 'the claims, and how their printed statements fared', 'npx lemmata list --paper gluon')
  .option('--paper <folder>', 'only the claims of one paper')
  .addOption(jsonOption)
  .action(async ({ paper, ...rest }: Json & { readonly paper?: string }) => {
    const { listCommand } = await import('./runners/commands/list.ts');
    result = await listCommand({ ...(paper === undefined ? {} : { paper }), ...format(rest) });
  });

interface CheckFlags extends Json {
  readonly runs: number;
  readonly seed: number;
  readonly subject?: ReturnType<typeof parseSubject>;
  readonly replay?: string;
}

command(
  'check [ID...]',
  'tries to refute claims (all where none is named) and runs their controls',
  'npx lemmata check gluon-stepsize-bounds --runs 1000',
)
  .addOption(new Option('--runs <count>', 'instances a family').argParser(parseRuns).default(DEFAULT_RUNS))
  .addOption(seedOption)
  .addOption(new Option('--subject <subject>', 'exact, reference, gpu or all (default: all)').argParser(parseSubject))
  .option('--replay <token>', 'repeats one failure alone')
  .addOption(jsonOption)
  .action(async (ids: readonly string[], { json, ...flags }: CheckFlags) => {
    endOnSignals();
    const { checkCommand } = await import('./runners/commands/check.ts');
    result = await checkCommand(ids, { ...flags, ...format(json === true ? { json } : {}) }, surroundings);
  });

command(
  'explain <ID>',
  'statement, source, proof steps with their slack, false neighbours with their witnesses',
  'npx lemmata explain gluon-stepsize-bounds',
).action(async (id: string) => {
  endOnSignals();
  const { explainCommand } = await import('./runners/commands/explain.ts');
  result = await explainCommand(id, surroundings);
});

command(
  'tighten <ID>',
  'searches for an instance with a higher ratio',
  'npx lemmata tighten gluon-stepsize-bounds --budget 2m',
)
  .addOption(
    new Option('--budget <time>', 'such as 500ms, 30s, 2m').argParser(parseBudget).default(DEFAULT_BUDGET, '30s'),
  )
  .addOption(seedOption)
  .addOption(jsonOption)
  .action(async (id: string, flags: Json & { readonly budget: number; readonly seed: number }) => {
    endOnSignals();
    const { tightenCommand } = await import('./runners/commands/tighten.ts');
    const options = { budgetMilliseconds: flags.budget, seed: flags.seed, ...format(flags) };
    result = await tightenCommand(id, options, surroundings);
  });

command('report', 'writes the bound-tightness report with its plots', 'npx lemmata report --check')
  .option('--out <folder>', 'where it is written', 'reports')
  .option('--check', 'only compares with what is there; exit 1 where that is stale')
  .action(async ({ out, check }: { readonly out: string; readonly check?: true }) => {
    endOnSignals();
    const { reportCommand } = await import('./runners/commands/report.ts');
    result = await reportCommand({ out, mode: check === true ? 'compare' : 'write' }, surroundings);
  });

command('operations', 'what can be computed, with the JSON Schemas', 'npx lemmata operations --json')
  .addOption(jsonOption)
  .action(async (flags: Json) => {
    const { operationsCommand } = await import('./runners/commands/operations.ts');
    result = await operationsCommand(format(flags));
  });

interface EvalFlags extends Json {
  readonly precision: ReturnType<typeof parsePrecision>;
  readonly matrix?: string;
}

command(
  'eval <OPERATION>',
  'one reference result with its error bound, for the JSON on stdin',
  `echo '{"gradientNorm":3,"l0":1,"l1":2}' | npx lemmata eval gluon-step-size`,
)
  .addOption(
    new Option('--precision <precision>', 'exact, float64, float32 or gpu')
      .argParser(parsePrecision)
      .default('float64'),
  )
  .option('--matrix <file>', 'an .npy file that gives the field `matrix`')
  .addOption(jsonOption)
  .action(async (operation: string, { json, ...flags }: EvalFlags) => {
    const { evalCommand } = await import('./runners/commands/eval.ts');
    result = await evalCommand(operation, { ...flags, ...format(json === true ? { json } : {}) }, surroundings);
  });

interface JudgeFlags extends Json {
  readonly exec?: string;
  readonly config?: string;
  readonly operation: readonly string[];
  readonly runs: number;
  readonly seed: number;
  readonly size: number;
  readonly timeout: number;
  readonly expected?: string;
  readonly replay?: string;
  readonly markdown?: string;
  readonly junit?: string;
}

command(
  'judge',
  'judges another implementation, in any language, over its stdin and stdout',
  `npx lemmata judge --exec 'python3 my_muon.py' --operation muon`,
)
  .option('--exec <command>', 'the implementation, split into words by POSIX quoting and run without a shell')
  .option('--config <file>', 'several of them, side by side: {"implementations":[{"exec","expected"}]}')
  .addOption(
    new Option('--operation <id>', 'only this one; may be repeated')
      .argParser((id, ids: readonly string[]) => [...ids, id])
      .default([], 'all that it offers'),
  )
  .addOption(new Option('--runs <count>', 'calls or sequences an operation').argParser(parseRuns).default(DEFAULT_RUNS))
  .addOption(seedOption)
  .addOption(
    new Option('--size <count>', 'the most rows and columns, up to 512').argParser(parseSize).default(DEFAULT_SIZE),
  )
  .addOption(
    new Option('--timeout <time>', 'how long one answer may take, the start of a process included')
      .argParser(parseTimeout)
      .default(DEFAULT_TIMEOUT, '10s'),
  )
  .option('--expected <file>', 'findings that the implementer accepts: [{"operation","likely" or "replay","reason"}]')
  .option('--replay <token>', 'judges one input alone')
  .option('--markdown <file>', 'writes a summary there')
  .option('--junit <file>', 'writes JUnit XML there')
  .addOption(jsonOption)
  .action(async ({ json, operation, timeout, ...flags }: JudgeFlags) => {
    endOnSignals();
    const { judgeCommand } = await import('./runners/commands/judge.ts');
    const options = { ...flags, operations: operation, timeoutMilliseconds: timeout };
    result = await judgeCommand({ ...options, ...format(json === true ? { json } : {}) }, surroundings);
  });

command(
  'vectors',
  'writes the test vectors of every operation as JSON, with their schema',
  'npx lemmata vectors --out vectors',
)
  .requiredOption('--out <folder>', 'where they are written')
  .action(async ({ out }: { readonly out: string }) => {
    endOnSignals();
    const { vectorsCommand } = await import('./runners/commands/vectors.ts');
    result = await vectorsCommand({ out });
  });

command('doctor', 'Node and backends: what is here, what is missing, how to get it', 'npx lemmata doctor')
  .addOption(jsonOption)
  .action(async (flags: Json) => {
    const { doctorCommand } = await import('./runners/commands/doctor.ts');
    result = await doctorCommand(format(flags));
  });

/** `lemmata`, or the command that was asked for and, of `eval`, its operation. */
function place(): string {
  const [name = '', next = ''] = process.argv.slice(2);
  if (!lemmata.commands.some((known) => known.name() === name)) return 'lemmata';
  return name === 'eval' && /^[a-z][a-z0-9-]*$/.test(next) ? `eval ${next}` : name;
}

function fail(error: unknown): never {
  const { message, exit } = failureOf(error, place());
  if (message !== '') stderr.write(`${message}\n`);
  process.exit(exit);
}

/** A reader that has seen enough (`| head`) ends the run; the exit code is the one that was due. */
function onBrokenOutput(error: Error & { readonly code?: string }): void {
  if (error.code === 'EPIPE') process.exit();
  fail(
    new UsageError(
      `stdout: required an output that takes what is printed, got ${systemReason(error) ?? error.message}`,
    ),
  );
}

stdout.on('error', onBrokenOutput);
stderr.on('error', () => process.exit());
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

try {
  await lemmata.parseAsync();
} catch (error) {
  const { exit } = failureOf(error, place());
  if (exit !== 0) fail(error);
}
process.exitCode = result.exit;
// ends when all is written, whatever a backend keeps open
stdout.write(result.text, (error) => (error ? onBrokenOutput(error) : process.exit()));
