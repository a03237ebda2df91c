import type { Method } from '../methods/method.ts';
import type { OptimiserOperation } from '../operations/optimiser.ts';
import { startRun } from '../operations/optimiser-run.ts';

type Start = OptimiserOperation['start'];

/** The runs of another method with the hyperparameters of the operation, defaults filled in. */
export const byMethod =
  <H, N extends string>(operation: OptimiserOperation, method: Method<H, N>): Start =>
  (numbers, parameters, given) =>
    startRun(method, numbers, parameters, operation.complete(given) as H);

/** The runs of the operation itself with other hyperparameters; `rewrite` gets them complete. */
export const byHyperparameters =
  <H>(operation: OptimiserOperation, rewrite: (hyperparameters: H) => object): Start =>
  (numbers, parameters, given) =>
    operation.start(numbers, parameters, rewrite(operation.complete(given) as H));
