// How long the referee takes for 2000 calls of 32×32 Newton–Schulz through a Python process, and how much of that is its own.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadOperation } from '../dist/operations/catalogue.js';
import { processPeer } from '../dist/runners/referee/process-peer.js';
import { tryInput } from '../dist/runners/referee/try-input.js';

const CALLS = 2000;
const SIZE = 32;

const SCRIPT = fileURLToPath(new URL('../adapters/python/examples/newton_schulz_numpy.py', import.meta.url));

/** Seconds in all and of our own processor time; undefined where no Python with numpy is. */
export async function refereeTimes() {
  const python = ['/usr/bin/python3', 'python3'].find((path) => spawnSync(path, ['-c', 'import numpy']).status === 0);
  if (python === undefined) return undefined;
  const operation = await loadOperation('newton-schulz');
  const examined = { operation, mistakes: [], format: 'float64' };
  const peer = processPeer([python, SCRIPT], {
    timeoutMilliseconds: 30_000,
  });
  try {
    await peer.ask({ op: 'describe' });
    const [started, used] = [performance.now(), process.cpuUsage()];
    for (let call = 0; call < CALLS; call += 1) {
      const row = (i) => Array.from({ length: SIZE }, (_, j) => Math.sin(call + i * SIZE + j * j));
      const matrix = Array.from({ length: SIZE }, (_, i) => row(i));
      const coefficients = [[3.4445, -4.775, 2.0315]];
      const input = { matrix, coefficients, steps: 5, normalisation: 'frobenius', epsilon: 1e-7 };
      const trial = await tryInput(peer, examined, input);
      if (trial?.outcome.kind !== 'right')
        throw new Error(`bench: a right answer, got ${JSON.stringify(trial?.outcome)}`);
    }
    const { user, system } = process.cpuUsage(used);
    return { all: (performance.now() - started) / 1000, own: (user + system) / 1e6 };
  } finally {
    await peer.close();
  }
}
