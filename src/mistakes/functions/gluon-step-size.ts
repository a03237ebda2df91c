import { gluonStepSizeOperation } from '../../operations/gluon-step-size.ts';
import type { Mistake } from '../mistake.ts';
import { inNumbers } from '../parts/in-numbers.ts';
import { namedFunctions, type UnnamedFunction } from '../parts/named-functions.ts';
import { ofInput } from '../parts/of-input.ts';

interface Input {
  readonly gradientNorm: number;
  readonly l0: number;
  readonly l1: number;
}

/** t = 6 / (2 + 3); every other reading of the formula has another value. */
const WITNESS = { gradientNorm: 6, l0: 2, l1: 0.5 };

const MISTAKES: readonly UnnamedFunction[] = [
  {
    slug: 'of-unit-gradient',
    kind: 'bug',
    name: 'answers 1 / (l0 + l1 g), the factor of the gradient, in place of the length g / (l0 + l1 g) of the step',
    where: 'gradient descent under (L0, L1)-smoothness, arXiv:1905.11881, where the step is this times the gradient',
    effect: 'Moves by steps that do not shrink with the gradient.',
    witness: WITNESS,
    ...inNumbers<Input>((numbers, { gradientNorm, l0, l1 }) => {
      const slope = numbers.add(numbers.of(l0), numbers.multiply(numbers.of(l1), numbers.of(gradientNorm)));
      return { value: numbers.divide(numbers.of(1), slope) };
    }),
  },
  {
    slug: 'constants-swapped',
    kind: 'bug',
    name: 'swaps l0 and l1',
    where: 'positional arguments: the pair is called (L0, L1) and (L1, L0) by turns in the literature',
    effect: 'Takes steps that are too long for small gradients and too short for large ones, or the other way round.',
    witness: WITNESS,
    ...ofInput<Input>(gluonStepSizeOperation, ({ gradientNorm, l0, l1 }) => ({ gradientNorm, l0: l1, l1: l0 })),
  },
  {
    slug: 'clipped',
    kind: 'convention',
    name: 'answers min(g / l0, 1 / l1), the rule of gradient clipping',
    where: 'clipped gradient descent, arXiv:1905.11881, which has this up to constants',
    effect: 'Takes steps of up to twice the length.',
    witness: WITNESS,
    ...inNumbers<Input>((numbers, { gradientNorm, l0, l1 }) => {
      const [zero, g] = [numbers.of(0), numbers.of(gradientNorm)];
      const linear = numbers.divide(g, numbers.of(l0));
      const constant = numbers.divide(numbers.of(1), numbers.of(l1));
      if (gradientNorm === 0) return { value: zero };
      // a quotient by 0 stands for infinity here
      if (l0 === 0 || l1 === 0) return { value: l0 === 0 ? constant : linear };
      const least = numbers.maximum(numbers.subtract(zero, linear), numbers.subtract(zero, constant));
      return { value: numbers.subtract(zero, least) };
    }),
  },
  {
    slug: 'without-l1',
    kind: 'bug',
    name: 'answers g / l0, the step of ordinary smoothness',
    where: 'the case l1 = 0 of arXiv:2505.13416, Theorem 1',
    effect: 'Overshoots by the factor 1 + l1 g / l0, without a bound as gradients grow.',
    witness: WITNESS,
    ...inNumbers<Input>((numbers, { gradientNorm, l0 }) => ({
      value: numbers.divide(numbers.of(gradientNorm), numbers.of(l0)),
    })),
  },
  {
    slug: 'decrease',
    kind: 'bug',
    name: 'answers g t = g^2 / (l0 + l1 g), twice the decrease that the step promises, in place of t',
    where: 'the right-hand side of the descent lemma, taken for the step size',
    effect: 'Takes steps that are g times too long.',
    witness: WITNESS,
    ...inNumbers<Input>((numbers, { gradientNorm, l0, l1 }) => {
      const g = numbers.of(gradientNorm);
      const slope = numbers.add(numbers.of(l0), numbers.multiply(numbers.of(l1), g));
      return { value: numbers.divide(numbers.multiply(g, g), slope) };
    }),
  },
  {
    slug: 'nan-at-zero',
    kind: 'bug',
    name: 'divides 0 by 0 for g = 0 with l0 = 0',
    where: 'the formula g / (l0 + l1 g) as it stands',
    effect: 'Destroys a layer whose gradient vanishes.',
    witness: { gradientNorm: 0, l0: 0, l1: 1 },
    ...ofInput<Input>(gluonStepSizeOperation, (input) => input),
    isNotFinite: ({ gradientNorm, l0 }: Input) => gradientNorm === 0 && l0 === 0,
  },
];

export const GLUON_STEP_SIZE_MISTAKES: readonly Mistake[] = namedFunctions('gluon-step-size', MISTAKES);
