// Speed as ratios within one run; `npm run bench` prints the table of reports/speed.md. Never a gate.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Matrix as Dense } from 'ml-matrix';
import { Bench } from 'tinybench';
import { packCoins } from '../dist/kernels/gpu/coin-table.js';
import { arrayBackend, closeArrayBackend } from '../dist/kernels/gpu/select-backend.js';
import { signFormTrajectory } from '../dist/kernels/gpu/sign-form-trajectory.js';
import { adamSchedule, startAt } from '../dist/kernels/gpu/trajectory.js';
import { QUINTIC_JORDAN } from '../dist/kernels/matrix/coefficient-sets.js';
import { multiply } from '../dist/kernels/matrix/multiply.js';
import { frobeniusNormalised, newtonSchulz } from '../dist/kernels/matrix/newton-schulz.js';
import { polarFactor } from '../dist/kernels/matrix/polar.js';
import { maskedAdamLane } from '../dist/methods/masked-adam.js';
import { drawsRare } from '../dist/problems/two-point.js';
import { refereeTimes } from './referee.mjs';

const rows = [];

/** The median time of each task in milliseconds. */
async function medians(tasks) {
  const bench = new Bench({ time: 2000, iterations: 3, warmupIterations: 1, warmupTime: 200 });
  for (const [name, task] of Object.entries(tasks)) bench.add(name, task);
  await bench.run();
  return Object.fromEntries(bench.tasks.map(({ name, result }) => [name, result.latency.p50]));
}

const n = 512;
const entries = (shift) => Float64Array.from({ length: n * n }, (_, i) => Math.fround(Math.sin(i + shift)));
const [A, B] = [0, 1].map((shift) => ({ rows: n, columns: n, data: entries(shift) }));
const [denseA, denseB] = [A, B].map(({ data }) => Dense.from1DArray(n, n, data));
const product = await medians({ tiled: () => multiply(A, B), library: () => denseA.mmul(denseB) });
rows.push([
  `product of two ${n}×${n} matrices, float64`,
  'ml-matrix / tiled',
  product.library / product.tiled,
  'at least 4',
]);

const [lanes, steps, components] = [20_000, 1000, 10];
const method = { amplify: 1, damp: 1, beta2: 0.999, epsilon: 1e-8 };
const coins = packCoins(steps, lanes, (step, lane) => drawsRare(1, components, step, lane));
const schedule = adamSchedule(0.05, 0.9, method.beta2, steps);
const backend = await arrayBackend();
const settings = { ...method, components, dimension: 1, learningRate: 0.05, beta1: 0.9 };
const adam = await medians({
  twin: () => signFormTrajectory(backend, { components }, method, schedule, coins, startAt(-0.5, lanes)),
  loop: () => {
    for (let lane = 0; lane < lanes; lane += 1) maskedAdamLane(settings, { start: -0.5, steps, seed: 1, lane });
  },
});
rows.push([
  `${lanes} seeds × ${steps} Adam steps (${backend.label})`,
  'plain loop / twin',
  adam.loop / adam.twin,
  'more than 1',
]);
await closeArrayBackend();

// The cost of the matrix operations in their size: slopes of log time against log n from the last doubling, memory by what V8 holds
const gaussian = (size) => ({
  rows: size,
  columns: size,
  data: Float64Array.from({ length: size * size }, (_, i) => Math.fround(Math.sin(i * i + 1))),
});
const timed = (task) => {
  const started = performance.now();
  task();
  return performance.now() - started;
};
const costs = [];
for (const [name, task, sizes] of [
  [
    'Newton–Schulz, 5 quintic steps',
    (X) => newtonSchulz(frobeniusNormalised(X, 0), QUINTIC_JORDAN, 5),
    [128, 256, 512, 1024],
  ],
  ['polar factor by singular values', (X) => polarFactor(X), [64, 128, 256, 512]],
]) {
  const times = sizes.map((size) => {
    const X = gaussian(size);
    return timed(() => task(X));
  });
  const slope = Math.log2(times.at(-1) / times.at(-2));
  costs.push(
    `| ${name} | ${sizes.map((size, i) => `${size}: ${(times[i] / times[0]).toFixed(1)}`).join(', ')} | ${slope.toFixed(2)} |`,
  );
}

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const nine = [
  'brox-r3-distance',
  'brox-r4-finite',
  'ns-cubic-quintic-convergence',
  'muon-ns5-band',
  'gluon-stepsize-bounds',
  'gluon-descent-lemma',
  'mgup-cautious-drift',
  'mgup-gamma-threshold',
  'lmo-dual-identity',
];
const started = performance.now();
const { status } = spawnSync(process.execPath, [cli, 'check', ...nine, '--runs', '1000'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const seconds = (performance.now() - started) / 1000;
rows.push(['`check` of the nine first claims, 1000 instances a family', 'seconds / 30', seconds / 30, 'at most 1']);
if (status !== 0) throw new Error(`bench: check to exit 0, got ${status}`);

const referee = await refereeTimes();
if (referee !== undefined) {
  const what = '2000 judged calls of 32×32 Newton–Schulz through a Python process';
  rows.push([what, 'seconds / 30', referee.all / 30, 'at most 1']);
  rows.push(['of these our own processor time', 'seconds / 10', referee.own / 10, 'at most 1']);
}

const table = [
  '<!-- Written by `npm run bench` by hand; ratios within one run, never a gate. -->',
  '# Speed',
  '',
  '| what | ratio | measured | wanted |',
  '|---|---|---|---|',
  ...rows.map(([what, ratio, value, wanted]) => `| ${what} | ${ratio} | ${value.toFixed(2)} | ${wanted} |`),
  '',
  'Time by matrix size, over that of the smallest, and the exponent of the last doubling (3 is the arithmetic):',
  '',
  '| operation | n: time | exponent |',
  '|---|---|---|',
  ...costs,
  '',
].join('\n');
process.stdout.write(table);
if (process.argv.includes('--write')) writeFileSync(new URL('../reports/speed.md', import.meta.url), table);
