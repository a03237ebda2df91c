import { describe, expect, it } from 'vitest';
import { mistakesOf, operationsWithMistakes } from '../../src/mistakes/catalogue.ts';
import { operationIds } from '../../src/operations/catalogue.ts';
import { killRate, type OperationKillRate } from '../../src/runners/referee/kill-rate.ts';
import { REPORT_SEED } from '../../src/runners/report/settings.ts';

/** Inputs of an operation; the first ones pin its mistakes, and those must be enough at float64. */
const RUNS = 40;

it('the catalogue knows at least forty mistakes, each by one id', async () => {
  const ids = (await Promise.all(operationsWithMistakes.map(mistakesOf))).flat().map(({ id }) => id);
  expect(ids.length).toBeGreaterThanOrEqual(40);
  expect(new Set(ids).size).toBe(ids.length);
  expect(operationsWithMistakes.filter((id) => !operationIds.includes(id))).toEqual([]);
});

describe.each(operationIds)('%s', (operation) => {
  let rate: Promise<OperationKillRate> | undefined;
  const measured = (): Promise<OperationKillRate> => {
    rate ??= killRate({ operation, runs: RUNS, seed: REPORT_SEED });
    return rate;
  };

  it('every known mistake is caught and named at float64', async () => {
    const { sightings } = await measured();
    const seen = sightings.filter(({ format }) => format === 'float64');
    expect(seen).toHaveLength((await mistakesOf(operation)).length);
    expect(seen.filter(({ isCaught, isNamed }) => !isCaught || !isNamed)).toEqual([]);
  });

  it('the definition itself passes in every precision', async () => {
    const { alarms } = await measured();
    expect(alarms.map(({ format }) => format)).toEqual(['float64', 'float32', 'bfloat16']);
    expect(alarms.filter(({ calls }) => calls === 0)).toEqual([]);
    expect(alarms.filter(({ failed }) => failed > 0)).toEqual([]);
  });
});
