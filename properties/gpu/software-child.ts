import { probeBackends } from '../../src/kernels/gpu/probe-backends.ts';
import { arrayBackend, closeArrayBackend } from '../../src/kernels/gpu/select-backend.ts';
import { type Comparison, compared, laneChecks, matrixChecks } from './twin-checks.ts';

/** What runs in the process that has software WebGPU: small sizes, since it is some 20 times slower than WebAssembly. */
const probe = await probeBackends();
const backend = await arrayBackend();
const comparisons: Comparison[] = [];
for (const [rows, columns] of [
  [0, 3],
  [1, 1],
  [2, 3],
  [17, 5],
  [64, 64],
] as const) {
  for (const check of matrixChecks(rows, columns)) comparisons.push(await compared(check, backend));
}
for (const check of laneChecks(33, 50)) comparisons.push(await compared(check, backend));
const { mode, label, hardware, bitExact } = backend;
process.stdout.write(`${JSON.stringify({ probe, backend: { mode, label, hardware, bitExact }, comparisons })}\n`);
// Left open on request: a process must end by itself even where nobody closes the backend.
if (process.argv[2] === 'close') await closeArrayBackend();
