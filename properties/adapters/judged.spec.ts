import { join, resolve } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { judge } from '../../src/runners/referee/judge.ts';
import { processPeer } from '../../src/runners/referee/process-peer.ts';
import {
  type ImplementationReport,
  isConforming,
  type OperationReport,
} from '../../src/runners/referee/report-types.ts';
import { splitCommand } from '../../src/runners/referee/split-command.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../adapters/python/examples');
const python = inject('scientificPython');
/** A package that is not here is no test that has passed: the name of a skipped one says what is missing. */
const missing = python === '' ? ' (skipped: no Python with torch, numpy and scipy here)' : '';

const RUNS = 100;
const TIMEOUT = { timeoutMilliseconds: 30_000 };

async function judged(script: string): Promise<ImplementationReport> {
  const command = `${python} ${join(EXAMPLES, script)}`;
  const peer = processPeer(splitCommand(command), TIMEOUT);
  try {
    return await judge(peer, command, { operations: [], runs: RUNS, seed: 20260101, mostSize: 64, accepted: [] });
  } finally {
    await peer.close();
  }
}

const offered = ({ operations }: ImplementationReport): readonly OperationReport[] =>
  operations.filter(({ verdict }) => verdict !== 'unsupported');

const verdicts = (report: ImplementationReport): Readonly<Record<string, string>> =>
  Object.fromEntries(offered(report).map(({ id, verdict }) => [id, verdict]));

const names = (report: ImplementationReport, id: string): readonly string[] =>
  report.operations
    .find((operation) => operation.id === id)
    ?.findings.filter(({ trial }) => trial.obligation === 'must')
    .flatMap(({ likely }) => likely.slice(0, 1).map(({ mistake }) => mistake.name)) ?? [];

describe.skipIf(python === '')(`real, independent implementations${missing}`, () => {
  it.each([
    ['torch_optimisers.py float64', ['sgd-momentum', 'adam', 'adamw']],
    ['torch_optimisers.py float32', ['sgd-momentum', 'adam', 'adamw']],
    ['torch_optimisers.py bfloat16', ['sgd-momentum', 'adam', 'adamw']],
    ['torch_optimisers.py float64 --foreach', ['sgd-momentum', 'adam', 'adamw']],
    ['torch_optimisers.py float32 --foreach', ['sgd-momentum', 'adam', 'adamw']],
    ['torch_muon.py float64', ['newton-schulz', 'muon']],
    ['torch_muon.py float32', ['newton-schulz', 'muon']],
    ['torch_muon.py bfloat16', ['newton-schulz', 'muon']],
    ['numpy_linalg.py', ['norm', 'singular-values', 'polar', 'inverse-root']],
    ['newton_schulz_numpy.py', ['newton-schulz']],
  ])('%s passes without a false alarm', async (script, operations) => {
    const report = await judged(script);
    expect(verdicts(report)).toEqual(Object.fromEntries(operations.map((id) => [id, 'conforms'])));
    expect(isConforming(report)).toBe(true);
    // all that was asked was answered
    expect(offered(report).map(({ calls }) => calls)).toEqual(operations.map(() => RUNS));
    expect(offered(report).map(({ failed }) => failed.must)).toEqual(operations.map(() => 0));
  });

  it('torch Adam answers 0/0 with NaN: a convention that is shown, and no mistake', async () => {
    const report = await judged('torch_optimisers.py float64');
    const findings = offered(report).flatMap((operation) => operation.findings);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter(({ trial }) => trial.obligation !== 'informative')).toEqual([]);
  });

  it('amsgrad is told from Adam by its name', async () => {
    const report = await judged('torch_optimisers.py float64 --amsgrad');
    expect(verdicts(report)).toEqual({ 'sgd-momentum': 'conforms', adam: 'differs', adamw: 'differs' });
    expect(names(report, 'adam')).toEqual([expect.stringMatching(/AMSGrad/)]);
    expect(names(report, 'adamw')).toEqual([expect.stringMatching(/AMSGrad/)]);
  });

  it('Newton–Schulz on the gradient is named, with a small input', async () => {
    const report = await judged('broken_muon.py float64');
    expect(verdicts(report)).toEqual({ 'newton-schulz': 'conforms', muon: 'differs' });
    expect(names(report, 'muon')[0]).toMatch(/Newton–Schulz to the gradient, not to the momentum/);
    const [first] = report.operations.find(({ id }) => id === 'muon')?.findings ?? [];
    expect(first?.trial.input).toMatchObject({ parameters: [[[0]]] });
  });

  it('scipy’s polar factor completes the null space, which is said', async () => {
    const report = await judged('scipy_polar.py');
    expect(verdicts(report)).toEqual({ 'singular-values': 'conforms', polar: 'differs' });
    expect(names(report, 'polar').length).toBeGreaterThan(0);
    expect(names(report, 'polar')[0]).toMatch(/null space/);
  });
});
