import { filled, gridOf } from '../../kernels/numbers/grid.ts';
import type { Grid } from '../../kernels/numbers/numbers.ts';
import { DOUBLES } from '../../kernels/numbers/rounded-numbers.ts';
import { heavyBall } from '../../methods/heavy-ball.ts';
import type { OptimiserMistake } from '../mistake.ts';

/** What a parameter matrix has followed up to a step (from 0), in doubles: B, or G + mu B with Nesterov, one a step. */
export function followedSoFar(
  settings: { readonly momentum: number; readonly nesterov: boolean },
  { gradients, parameters }: OptimiserMistake['witness'],
  step: number,
  layer: number,
): readonly Grid<number>[] {
  const { rows, columns } = gridOf(parameters[layer] ?? []);
  let past: Grid<number> = filled(rows, columns, 0);
  return gradients.slice(0, step + 1).map((gradient) => {
    const { buffer, followed } = heavyBall(DOUBLES, settings, past, gridOf(gradient[layer] ?? []));
    past = buffer;
    return followed;
  });
}
