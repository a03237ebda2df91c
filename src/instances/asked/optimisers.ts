import fc, { type Arbitrary } from 'fast-check';
import { anything, ofDecidedRank, withDecidedMomentum, withDecidedSquares } from './admitted.ts';
import type { Context } from './context.ts';
import {
  ADAM_EPSILONS,
  FLAGS,
  ITERATIONS,
  type Iteration,
  LEARNING_RATES,
  MOMENTA,
  NORM_EPSILONS,
  ROOT_EPSILONS,
  SECOND_MOMENTA,
  SELECTIONS,
  WEIGHT_DECAYS,
} from './hyperparameters.ts';
import { scales } from './scales.ts';
import { type Admit, type Sequence, sequences } from './sequences.ts';

/** What an optimiser is asked to do, every hyperparameter given. */
export type Asked<H> = Sequence & { readonly hyperparameters: H };

/** Hyperparameters, given the scale of the gradients. */
type Choice<H> = (scale: number) => Arbitrary<H>;

/** Scale and hyperparameters first, since they decide which gradients are admitted. */
const asked = <H>(context: Context, choice: Choice<H>, admit: (h: H) => Admit): Arbitrary<Asked<H>> =>
  scales(context.format).chain((scale) =>
    choice(scale).chain((hyperparameters) =>
      sequences(context.mostSize, scale, admit(hyperparameters)).map(({ parameters, gradients }) => ({
        parameters,
        hyperparameters,
        gradients,
      })),
    ),
  );

const ADAM = { learningRate: LEARNING_RATES, beta1: MOMENTA, beta2: SECOND_MOMENTA, epsilon: ADAM_EPSILONS };
const LION = { learningRate: LEARNING_RATES, beta1: MOMENTA, beta2: SECOND_MOMENTA };
const DECAY = { weightDecay: WEIGHT_DECAYS };
const RESCALE = { rescale: fc.constantFrom('mean', 'count', 'none') };

const both = <A extends object, B extends object>(a: Arbitrary<A>, b: Arbitrary<B>): Arbitrary<A & B> =>
  fc.tuple(a, b).map(([first, second]) => ({ ...first, ...second }));

const SIDES: Arbitrary<'left' | 'right'> = fc.boolean().map((isLeft) => (isLeft ? 'left' : 'right'));

interface Momentum {
  readonly momentum: number;
}

const muon = both(
  fc.record({
    learningRate: LEARNING_RATES,
    ...DECAY,
    momentum: MOMENTA,
    nesterov: FLAGS,
    orthogonalisation: fc.constantFrom('newton-schulz', 'newton-schulz', 'exact'),
    epsilon: NORM_EPSILONS,
    scale: fc.constantFrom('none', 'max(1,rows/columns)^1/2', '(rows/columns)^1/2', '0.2 max(rows,columns)^1/2'),
  }),
  ITERATIONS,
);

type Muon = Momentum & Iteration & { readonly orthogonalisation: string };

/** The sequences of each optimiser. */
export function optimiserInputs(operation: string, context: Context): Arbitrary<Asked<object>> | undefined {
  const { format } = context;
  const plain = <H extends object>(hyperparameters: Arbitrary<H>) =>
    asked(
      context,
      () => hyperparameters,
      () => anything,
    );
  const orthogonalised = <H extends Muon>(hyperparameters: Arbitrary<H>) =>
    asked(
      context,
      () => hyperparameters,
      ({ orthogonalisation, momentum }) =>
        orthogonalisation === 'exact' ? withDecidedMomentum(format, momentum) : anything,
    );
  switch (operation) {
    case 'sgd-momentum':
      return plain(fc.record({ learningRate: LEARNING_RATES, momentum: MOMENTA, nesterov: FLAGS }));
    case 'normalized-sgd':
    case 'signum':
      return plain(fc.record({ learningRate: LEARNING_RATES, momentum: MOMENTA }));
    case 'adam':
      return plain(fc.record(ADAM));
    case 'adamw':
      return plain(fc.record({ ...ADAM, ...DECAY }));
    case 'cautious-adamw':
      return plain(fc.record({ ...ADAM, ...DECAY, ...RESCALE }));
    case 'mgup-adamw':
    case 'mgup-sign-adamw':
      return plain(both(fc.record({ ...ADAM, ...DECAY }), SELECTIONS));
    case 'lion':
      return plain(fc.record({ ...LION, ...DECAY }));
    case 'cautious-lion':
      return plain(fc.record({ ...LION, ...DECAY, ...RESCALE }));
    case 'mgup-lion':
      return plain(both(fc.record({ ...LION, ...DECAY }), SELECTIONS));
    case 'muon':
      return orthogonalised(muon);
    case 'mgup-muon':
      return orthogonalised(both(muon, SELECTIONS));
    case 'orthogonal-sgdm':
      return asked(
        context,
        () => fc.record({ learningRate: LEARNING_RATES, momentum: MOMENTA }),
        () => ofDecidedRank(format),
      );
    case 'shampoo':
      // epsilon of the size of G G^T: far below it, L and R are singular to working precision
      return asked(
        context,
        (scale) => fc.record({ learningRate: LEARNING_RATES, epsilon: ROOT_EPSILONS.map((x) => x * scale * scale) }),
        () => anything,
      );
    case 'asgo':
      return asked<{ readonly epsilon: number; readonly side: 'left' | 'right' }>(
        context,
        (scale) =>
          fc.record({
            learningRate: LEARNING_RATES,
            epsilon: fc.constantFrom(0, 0.5, 1e-4).map((x) => x * scale),
            side: SIDES,
          }),
        ({ epsilon, side }) => (epsilon === 0 ? withDecidedSquares(format, side) : anything),
      );
    default:
      return undefined;
  }
}
