import { mapped } from '../../kernels/numbers/grid.ts';
import { POLAR } from '../../kernels/numbers/matrix-functions.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { heavyBall } from '../../methods/heavy-ball.ts';
import type { OrthogonalSgdmHyperparameters } from '../../methods/orthogonal-sgdm.ts';
import type { Parts } from './assembly.ts';
import type { MomentumForm } from './momentum-forms.ts';
import { moveAlone } from './moves.ts';
import { UNSHAPED } from './unshaped.ts';

/** The direction of Orthogonal-SGDM in pieces. */
export interface OrthogonalPieces {
  /** O of the gradient. */
  orthogonalise<T>(numbers: Numbers<T>, G: Grid<T>): Grid<T>;
  /** The velocity after eta O, and what is followed. */
  readonly follow: MomentumForm;
  readonly nesterov: boolean;
}

const ORTHOGONAL: OrthogonalPieces = {
  orthogonalise: (numbers, G) => numbers.transform(G, POLAR),
  follow: heavyBall,
  nesterov: false,
};

/** v = gamma v + eta O with some of its pieces exchanged; the velocity is remembered as the mean. */
export const orthogonalRule =
  (changes: Partial<OrthogonalPieces> = {}): Parts<OrthogonalSgdmHyperparameters>['direct'] =>
  (numbers, { learningRate, momentum }, { steps, memory }, gradient) => {
    const { orthogonalise, follow, nesterov } = { ...ORTHOGONAL, ...changes };
    const eta = numbers.of(learningRate);
    const O = mapped(orthogonalise(numbers, gradient), (x) => numbers.multiply(eta, x));
    const { buffer, followed } = follow(numbers, { momentum, nesterov, steps }, memory.mean, O);
    return { direction: followed, memory: { ...memory, mean: buffer } };
  };

/** Orthogonal-SGDM as it is defined: W -= v, since the velocity holds the learning rate. */
export const ORTHOGONAL_SGDM: Parts<OrthogonalSgdmHyperparameters> = {
  ...UNSHAPED,
  direct: orthogonalRule(),
  move: (numbers, _, scene) => moveAlone(numbers, { learningRate: 1 }, scene),
};
