import { type ImplementationReport, type OperationReport, type ReportedFinding, tokenOf } from './report-types.ts';

/** What `judge --json` prints of an implementation. */
export interface JudgeDocument {
  readonly implementation: { readonly name: string; readonly version: string; readonly precision: string };
  readonly operations: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly calls: number;
    readonly findings: readonly FindingDocument[];
  }[];
  readonly seconds: number;
}

interface FindingDocument {
  readonly obligation: string;
  readonly input: object;
  readonly expected: object;
  /** The answer, or in words why there is none. */
  readonly got: object | string;
  /** In units of the error bound. */
  readonly distance: number;
  readonly likely: readonly { readonly name: string; readonly where: string }[];
  readonly replay: string;
}

function findingDocument(operation: string, finding: ReportedFinding): FindingDocument {
  const { trial, likely } = finding;
  const { input, obligation, outcome } = trial;
  const replay = tokenOf(operation, finding);
  const names = likely.map(({ mistake: { name, where } }) => ({ name, where }));
  if (outcome.kind === 'right')
    throw new RangeError(`judge: a finding that failed, got one that is right in ${operation}`);
  const got = outcome.kind === 'broken' ? outcome.how : outcome.got;
  const distance = outcome.kind === 'broken' ? Number.POSITIVE_INFINITY : outcome.miss.distance;
  return { obligation, input, expected: outcome.expected, got, distance, likely: names, replay };
}

/**
 * The document of one implementation. An entry of `--expected` that no longer fails is an informative finding of distance 0 that says so in
 * `got`.
 */
export function judgeDocument({ implementation, operations, seconds }: ImplementationReport): JudgeDocument {
  const { name, version, precision } = implementation;
  const findings = ({ id, findings: found, passed }: OperationReport): readonly FindingDocument[] => [
    ...found.map((finding) => findingDocument(id, finding)),
    ...passed.map(({ likely = '', replay = '' }) => ({
      obligation: 'informative',
      input: {},
      expected: {},
      got: 'listed as expected, but nothing of it was found',
      distance: 0,
      likely: likely === '' ? [] : [{ name: likely, where: '--expected' }],
      replay,
    })),
  ];
  return {
    implementation: { name, version, precision },
    operations: operations.map((report) => ({
      id: report.id,
      verdict: report.verdict,
      calls: report.calls,
      findings: findings(report),
    })),
    seconds,
  };
}
