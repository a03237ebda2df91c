import fc from 'fast-check';
import { ask } from '../../src/claim/ask.ts';
import type { Claim } from '../../src/claim/claim.ts';
import { exactly } from '../../src/claim/enclosure.ts';
import { tampered } from '../../src/claim/tamper.ts';
import { dyadic } from '../../src/instances/dyadic.ts';
import { type Numeric, Rational } from '../../src/kernels/exact/rational.ts';
import { gluonStepSizeOperation } from '../../src/operations/gluon-step-size.ts';

export interface Toy {
  readonly g: string;
}

/** t(g) = g/(1+g) <= 1: true, attained in the limit only. */
export const toyClaim: Claim<Toy, Numeric> = {
  id: 'toy',
  statement: 'g/(1+g) <= 1',
  source: { paper: 'derived here', locus: 'none', printed: 'not-printed' },
  assumptions: [{ id: 'nonnegative', text: 'g >= 0', holds: ({ g }) => Rational.from(g).sign() >= 0 }],
  families: [{ id: 'grid', role: 'generic', arbitrary: fc.record({ g: dyadic(0, 100) }) }],
  operations: [gluonStepSizeOperation],
  *observe({ g }) {
    const { output } = yield* ask(gluonStepSizeOperation, { gradientNorm: g, l0: 1, l1: 1 });
    return output.value;
  },
  relation: 'at-most',
  measure: (_, value) => exactly(value),
  bound: () => exactly(1),
  exactness: { level: 'exact-instance' },
  tightness: { supremum: 1, floor: 0.5, family: 'grid' },
  controls: [
    {
      id: 'half',
      mutation: 'sharpened-constant',
      belief: 'It is at most 1/2',
      witness: { g: '3' },
      mutate: (claim) => ({ ...claim, bound: () => exactly('1/2') }),
    },
    {
      id: 'doubled',
      mutation: 'broken-subject',
      belief: 'Twice the value is as good',
      witness: { g: '3' },
      mutate: (claim) =>
        tampered(claim, gluonStepSizeOperation, (_: never, { value }: { value: Numeric }) => ({
          value: Rational.from(value).times(Rational.of(2)).toString(),
        })),
    },
  ],
};
