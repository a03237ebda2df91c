import { it, expect } from 'vitest';
import { judge } from '../src/runners/referee/judge.ts';
import { processPeer } from '../src/runners/referee/process-peer.ts';
import { judgeText } from '../src/runners/referee/text.ts';
import { splitCommand } from '../src/runners/referee/split-command.ts';

const P='/usr/bin/python3 adapters/python/examples/';
for (const cmd of (process.env.CMDS ?? "").split(",")) it(cmd, async () => {
  const peer = processPeer(splitCommand(P+cmd), { timeoutMilliseconds: 20000 });
  const report = await judge(peer, P+cmd, { operations: [], runs: 200, seed: 1, mostSize: 64, accepted: [] });
  await peer.close();
  console.log(judgeText(report, 100).slice(0, 6000), report.seconds);
  expect(1).toBe(1);
}, 300000);
