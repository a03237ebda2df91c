import type { ConvexFunction } from '../../problems/functions/convex-function.ts';
import { absolute } from './absolute.ts';
import { huber } from './huber.ts';
import { maxAffine } from './max-affine.ts';
import { maxNorm } from './max-norm.ts';
import type { FloatFunction } from './proximal-path.ts';
import { quadratic } from './quadratic.ts';
import { residualNorm } from './residual-norm.ts';
import { weightedL1 } from './weighted-l1.ts';

/** The function in double precision, decomposed once. */
export function floatFunction(f: ConvexFunction<number>): FloatFunction {
  switch (f.kind) {
    case 'quadratic':
      return quadratic(f.matrix, f.vector);
    case 'residual-norm':
      return residualNorm(f.matrix, f.vector);
    case 'weighted-l1':
      return weightedL1(f.weights);
    case 'max-norm':
      return maxNorm;
    case 'max-affine':
      return maxAffine(f.slopes, f.offsets);
    case 'huber':
      return huber(f.delta);
    case 'absolute':
      return absolute;
  }
}
