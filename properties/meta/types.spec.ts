import { expectTypeOf, it } from 'vitest';
import type { Claim, Control } from '../../src/claim/claim.ts';
import { exactly } from '../../src/claim/enclosure.ts';
import type { Numeric } from '../../src/kernels/exact/rational.ts';
import { type Toy, toyClaim } from './toy-claim.ts';

it('one control does not compile', () => {
  const control = toyClaim.controls[0];
  // @ts-expect-error fewer than two controls
  const claim: Claim<Toy, Numeric> = { ...toyClaim, controls: [control] };
  expectTypeOf(claim).toEqualTypeOf<Claim<Toy, Numeric>>();
});

it('a bound that sees the observation does not compile', () => {
  // @ts-expect-error the bound takes the instance alone
  const claim: Claim<Toy, Numeric> = { ...toyClaim, bound: (_: Toy, observed: Numeric) => exactly(observed) };
  expectTypeOf(claim).toEqualTypeOf<Claim<Toy, Numeric>>();
});

it('a witness of another shape does not compile', () => {
  // @ts-expect-error the witness is an instance
  const control: Control<Toy, Numeric> = { ...toyClaim.controls[0], witness: { h: '1' } };
  expectTypeOf(control).toEqualTypeOf<Control<Toy, Numeric>>();
});
