import { it, expect } from 'vitest';
import { loadOperation } from '../src/operations/catalogue.ts';
import { mistakesOf } from '../src/mistakes/catalogue.ts';
import { judge } from '../src/runners/referee/judge.ts';
import { standInPeer } from '../src/runners/referee/stand-in.ts';
import { judgeText } from '../src/runners/referee/text.ts';

for (const mid of (process.env.MIDS??'').split(',')) it(mid, async () => {
  const [id, fmt] = [process.env.OP!, (process.env.FMT ?? 'float64') as 'float64'];
  const operation = (await loadOperation(id))!;
  const mistake = (await mistakesOf(id)).find((m) => m.id === mid)!;
  const report = await judge(standInPeer({ operation, format: fmt, mistake }), 'x', { operations: [id], runs: 100, seed: 1, mostSize: 16, accepted: [] });
  console.log(judgeText(report, 100).slice(0, 5000), report.seconds);
  expect(1).toBe(1);
}, 120000);
