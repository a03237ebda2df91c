import { type AnyOperation, FLOAT_FORMATS, type FloatFormat } from '../operations/operation.ts';
import type { OptimiserOperation } from '../operations/optimiser.ts';
import type { Mistake } from './mistake.ts';

/**
 * The operation itself in the precisions below the declared one: what an implementation gives that works in less than it says, as
 * orthogonalisation in bfloat16 inside an optimiser of singles. Their bounds are wide and explain small mistakes of other kinds too,
 * so they are asked last.
 */
export function coarserPrecisions(operation: AnyOperation, declared: FloatFormat): readonly Mistake[] {
  return FLOAT_FORMATS.slice(FLOAT_FORMATS.indexOf(declared) + 1).map((precision): Mistake => {
    const said = {
      id: `${operation.id}-only-${precision}`,
      operation: operation.id,
      kind: 'convention',
      precision,
      name: `is only as precise as ${precision}, though it declares ${declared}`,
      where:
        'an iteration in bfloat16 whatever the parameters are, as in torch.optim.Muon; NorMuon#4, Emerging-Optimizers#228',
      effect: 'Loses digits that its users count on; declare the precision of the least precise part.',
      witness: {},
    } as const;
    if (operation.kind === 'function') {
      const { reference, errorBound } = operation;
      return { ...said, reference, errorBound: (input, format) => errorBound(input, format) ?? 0 };
    }
    const { start } = operation as AnyOperation & OptimiserOperation;
    return { ...said, witness: { parameters: [], hyperparameters: {}, gradients: [] }, start };
  });
}
