import { type GramChain, gramChain } from '../../../instances/broximal/ar1.ts';
import { type Numeric, Rational } from '../../../kernels/exact/rational.ts';
import { vectorFrom } from '../../../kernels/exact/rational-vector.ts';
import type { BroxInput } from '../../../operations/brox.ts';
import { leastOf, squaredDistanceOf, startOf, valueAt } from './observed-step.ts';
import { chainTrajectory } from './trajectory.ts';

/** The method with a constant radius, on a function in coordinates. */
export type Run = BroxInput & { readonly kind: 'run'; readonly steps: number };
/** The worst-case chain, in Gram coordinates; it is a run of the method already. */
export type Chain = { readonly kind: 'chain'; readonly spacings: readonly Numeric[]; readonly radius: Numeric };
export type Instance = Run | Chain;

const { ZERO } = Rational;

export const chainOf = ({ spacings, radius }: Chain): GramChain =>
  gramChain(vectorFrom(spacings), Rational.from(radius));
const inputOf = ({ function: f, point: x, radius }: Run): BroxInput => ({ function: f, point: x, radius });
export const radiusOf = ({ radius }: Instance): Rational => Rational.from(radius);
export const countOf = (instance: Instance): number =>
  instance.kind === 'chain' ? instance.spacings.length : instance.steps;

interface Start {
  readonly squaredDistance: Rational;
  readonly gap: Rational;
}

/** R² and f(x_0) - f*. */
function startFacts(instance: Instance): Start {
  if (instance.kind === 'run') {
    const input = inputOf(instance);
    return { squaredDistance: squaredDistanceOf(input), gap: valueAt(input, startOf(input)).minus(leastOf(input)) };
  }
  const { squaredDistances, gaps } = chainTrajectory(chainOf(instance));
  return { squaredDistance: squaredDistances[0]?.lo ?? ZERO, gap: gaps[0]?.lo ?? ZERO };
}

/** Every bound and step needs them, so that they are computed once an instance. */
const known = new WeakMap<Instance, Start>();
function startOfRun(instance: Instance): Start {
  const found = known.get(instance) ?? startFacts(instance);
  known.set(instance, found);
  return found;
}

/** R². */
export const squaredDistance = (instance: Instance): Rational => startOfRun(instance).squaredDistance;
/** f(x_0) - f*. */
export const startGap = (instance: Instance): Rational => startOfRun(instance).gap;
