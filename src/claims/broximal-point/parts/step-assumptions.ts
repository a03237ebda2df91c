import type { Assumption } from '../../../claim/claim.ts';
import { ldlt } from '../../../kernels/exact/ldlt.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { vectorFrom } from '../../../kernels/exact/rational-vector.ts';
import type { BroxInput } from '../../../operations/brox.ts';
import { type ConvexFunction, rationalFunction } from '../../../problems/functions/convex-function.ts';
import { minimumOf } from '../../../problems/functions/minimum.ts';
import { nearestMinimiser } from '../../../problems/functions/nearest-minimiser.ts';
import { isOutOfReach } from './observed-step.ts';

/** Decided exactly: the maxima and norms are convex for all data, the rest for matrices, weights and knees >= 0. */
function isConvex(f: ConvexFunction<Rational>): boolean {
  switch (f.kind) {
    case 'quadratic':
      return ldlt(f.matrix).kind !== 'indefinite';
    case 'weighted-l1':
      return f.weights.every((w) => w.sign() >= 0);
    case 'huber':
      return f.delta.sign() >= 0;
    default:
      return true;
  }
}

export const CONVEX: Assumption<Pick<BroxInput, 'function'>> = {
  id: 'convex',
  text: 'f is convex',
  holds: ({ function: f }) => isConvex(rationalFunction(f)),
};

export const POSITIVE_RADIUS: Assumption<Pick<BroxInput, 'radius'>> = {
  id: 'radius',
  text: 't > 0',
  holds: ({ radius }) => Rational.from(radius).sign() > 0,
};

export const HAS_MINIMISERS: Assumption<Pick<BroxInput, 'function' | 'point'>> = {
  id: 'minimisers',
  text: 'f has a minimiser, and its minimal value is rational',
  holds: ({ function: f, point }) => {
    const g = rationalFunction(f);
    return nearestMinimiser(g, vectorFrom(point)) !== undefined && minimumOf(g) !== undefined;
  },
};

export const OUT_OF_REACH: Assumption<BroxInput> = {
  id: 'out-of-reach',
  text: 'no minimiser lies in the ball',
  holds: isOutOfReach,
};
