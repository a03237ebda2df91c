import { mistakesOf } from '../../mistakes/catalogue.ts';
import type { Mistake } from '../../mistakes/mistake.ts';
import { loadOperation, operationIds } from '../../operations/catalogue.ts';
import type { FloatFormat } from '../../operations/operation.ts';
import type { Accepted } from './accepted.ts';
import { type Description, describe } from './describe.ts';
import type { Examined } from './examined.ts';
import type { Found } from './find.ts';
import { judgeOperation } from './judge-operation.ts';
import type { Peer } from './peer.ts';
import {
  DESCRIBE,
  type ImplementationReport,
  type OperationReport,
  type OperationVerdict,
  type ReportedFinding,
} from './report-types.ts';
import { fromJudgeToken, type JudgedInput, toJudgeToken } from './token.ts';

export interface JudgeOptions {
  /** Judged where it is offered; empty for all that is offered. */
  readonly operations: readonly string[];
  readonly runs: number;
  readonly seed: number;
  readonly mostSize: number;
  readonly accepted: readonly Accepted[];
  /** This input alone. */
  readonly replay?: JudgedInput;
  progress?(done: number, total: number): void;
}

const NOTHING = {
  calls: 0,
  owed: 0,
  failed: { must: 0, should: 0, informative: 0 },
  furthest: 0,
  findings: [],
  passed: [],
  abandoned: false,
};

/** Judges one implementation. The peer is the caller's to close. */
export async function judge(peer: Peer, command: string, options: JudgeOptions): Promise<ImplementationReport> {
  const started = performance.now();
  const ended = (rest: Omit<ImplementationReport, 'command' | 'seconds'>): ImplementationReport => ({
    ...rest,
    command,
    seconds: Math.round(performance.now() - started) / 1000,
  });
  const description = await describe(peer);
  if ('fault' in description) {
    const implementation = { name: '', version: '', precision: '' } as const;
    return ended({ implementation, operations: [silent(description.fault)], unknown: [] });
  }
  const { name, version, precision, operations: offered } = description;
  const { wanted, unsupported } = chosen(options, description);
  let done = 0;
  const total = wanted.length * (options.replay === undefined ? options.runs : 1);
  const onTrial = (): void => {
    done += 1;
    options.progress?.(done, Math.max(done, total));
  };
  const judged: OperationReport[] = [];
  for (const id of wanted) judged.push(await judgeOne(peer, id, precision, { ...options, onTrial }));
  const none = unsupported.map((id): OperationReport => ({ ...NOTHING, id, verdict: 'unsupported' }));
  return ended({
    implementation: { name, version, precision },
    operations: [...judged, ...none],
    unknown: offered.filter((id) => !operationIds.includes(id)),
  });
}

/** In the order of the catalogue. */
function chosen({ operations, replay }: JudgeOptions, { operations: offered }: Description) {
  const asked = replay !== undefined ? [replay.operation] : operations.length > 0 ? operations : operationIds;
  const known = operationIds.filter((id) => asked.includes(id));
  return {
    wanted: known.filter((id) => offered.includes(id)),
    unsupported: known.filter((id) => !offered.includes(id)),
  };
}

/** An implementation that does not even say who it is. */
const silent = (fault: string): OperationReport => ({
  ...NOTHING,
  id: DESCRIBE,
  verdict: 'broken',
  calls: 1,
  owed: 1,
  failed: { ...NOTHING.failed, must: 1 },
  findings: [
    {
      trial: {
        input: { op: 'describe' },
        obligation: 'must',
        whole: { input: { op: 'describe' }, answered: { output: null } },
        outcome: { kind: 'broken', how: fault, expected: { fields: ['name', 'version', 'precision', 'operations'] } },
      },
      likely: [],
      others: 0,
    },
  ],
});

async function judgeOne(
  peer: Peer,
  id: string,
  format: FloatFormat,
  { accepted: all, replay, onTrial, ...options }: JudgeOptions & { onTrial(): void },
): Promise<OperationReport> {
  const operation = await loadOperation(id);
  if (operation === undefined) throw new RangeError(`judge: an operation's id, got ${id}`);
  const mistakes = await mistakesOf(id);
  const examined: Examined = { operation, mistakes, format };
  const accepted = all.filter((entry) => entry.operation === id);
  const excused = mistakes.filter((mistake) => accepted.some((entry) => isCalled(mistake, entry)));
  const listed = accepted.flatMap((entry) => (entry.replay === undefined ? [] : [fromJudgeToken(entry.replay).input]));
  const judged = await judgeOperation(peer, examined, {
    ...options,
    ...(replay === undefined ? { first: listed } : { first: [replay.input], runs: 0 }),
    excused,
    isListed: (found) => accepted.some((entry) => isListed(found, entry)),
    onTrial,
  });
  const findings = judged.found.map((found): ReportedFinding => {
    const entry = accepted.find((candidate) => isListed(found, candidate));
    return entry === undefined ? found : { ...found, accepted: entry };
  });
  const passed =
    replay === undefined ? accepted.filter((entry) => !judged.found.some((found) => isListed(found, entry))) : [];
  return { ...judged, id, verdict: verdictOn(findings), findings, passed };
}

const isCalled = ({ id, name }: Mistake, { likely }: Accepted): boolean => likely === id || likely === name;

const isListed = ({ trial, likely }: Found, entry: Accepted): boolean =>
  entry.replay === undefined
    ? likely.some(({ mistake }) => isCalled(mistake, entry))
    : toJudgeToken({ operation: entry.operation, input: trial.input }) === entry.replay;

function verdictOn(findings: readonly ReportedFinding[]): OperationVerdict {
  const failed = findings.filter(({ trial, accepted }) => trial.obligation === 'must' && accepted === undefined);
  if (failed.some(({ trial }) => trial.outcome.kind === 'broken')) return 'broken';
  return failed.length > 0 ? 'differs' : 'conforms';
}
