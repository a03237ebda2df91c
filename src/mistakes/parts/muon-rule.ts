import { mapped } from '../../kernels/numbers/grid.ts';
import type { Grid, Numbers } from '../../kernels/numbers/numbers.ts';
import { heavyBall } from '../../methods/heavy-ball.ts';
import type { MuonHyperparameters } from '../../methods/muon.ts';
import { muonScale } from '../../methods/muon-scale.ts';
import { orthogonalised } from '../../methods/orthogonalised.ts';
import type { Parts } from './assembly.ts';
import type { MomentumForm } from './momentum-forms.ts';

/** The direction s O of Muon in pieces. */
export interface MuonPieces {
  /** The buffer after the gradient, and N, what is orthogonalised. */
  readonly follow: MomentumForm;
  /** O of N. */
  orthogonalise<T>(numbers: Numbers<T>, h: MuonHyperparameters, N: Grid<T>): Grid<T>;
  /** s for a matrix of this shape. */
  scale<T>(numbers: Numbers<T>, h: MuonHyperparameters, shape: { readonly rows: number; readonly columns: number }): T;
  /** The buffer that is kept. */
  keep<T>(numbers: Numbers<T>, h: MuonHyperparameters, buffer: Grid<T>, O: Grid<T>): Grid<T>;
}

const MUON: MuonPieces = {
  follow: heavyBall,
  orthogonalise: orthogonalised,
  scale: (numbers, { scale }, { rows, columns }) => muonScale(numbers, scale, rows, columns),
  keep: (_, __, buffer) => buffer,
};

/** Muon's direction with some of its pieces exchanged; the buffer is remembered as the mean. */
export const muonRule =
  (changes: Partial<MuonPieces> = {}): Parts<MuonHyperparameters>['direct'] =>
  (numbers, h, { steps, memory }, gradient) => {
    const { follow, orthogonalise, scale, keep } = { ...MUON, ...changes };
    const { momentum, nesterov } = h;
    const { buffer, followed } = follow(numbers, { momentum, nesterov, steps }, memory.mean, gradient);
    const O = orthogonalise(numbers, h, followed);
    const s = scale(numbers, h, gradient);
    return {
      direction: mapped(O, (x) => numbers.multiply(s, x)),
      memory: { ...memory, mean: keep(numbers, h, buffer, O) },
    };
  };
