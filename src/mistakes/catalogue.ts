import type { Mistake } from './mistake.ts';

type Loader = () => Promise<readonly Mistake[]>;

/** The known mistakes by operation, loaded only when they are asked for. */
const LOADERS: Readonly<Record<string, Loader>> = {
  norm: async () => (await import('./functions/norm.ts')).NORM_MISTAKES,
  'dual-norm': async () => (await import('./functions/dual-norm.ts')).DUAL_NORM_MISTAKES,
  lmo: async () => (await import('./functions/lmo.ts')).LMO_MISTAKES,
  'singular-values': async () => (await import('./functions/singular-values.ts')).SINGULAR_VALUES_MISTAKES,
  polar: async () => (await import('./functions/polar.ts')).POLAR_MISTAKES,
  'newton-schulz': async () => (await import('./functions/newton-schulz.ts')).NEWTON_SCHULZ_MISTAKES,
  'inverse-root': async () => (await import('./functions/inverse-root.ts')).INVERSE_ROOT_MISTAKES,
  'gluon-step-size': async () => (await import('./functions/gluon-step-size.ts')).GLUON_STEP_SIZE_MISTAKES,
  adam: async () => (await import('./adam.ts')).ADAM_MISTAKES,
  adamw: async () => (await import('./adamw.ts')).ADAMW_MISTAKES,
  'cautious-adamw': async () => (await import('./cautious-adamw.ts')).CAUTIOUS_ADAMW_MISTAKES,
  'mgup-adamw': async () => (await import('./mgup-adamw.ts')).MGUP_ADAMW_MISTAKES,
  'normalized-sgd': async () => (await import('./normalized-sgd.ts')).NORMALIZED_SGD_MISTAKES,
  signum: async () => (await import('./signum.ts')).SIGNUM_MISTAKES,
  'mgup-muon': async () => (await import('./mgup-muon.ts')).MGUP_MUON_MISTAKES,
  lion: async () => (await import('./lion.ts')).LION_MISTAKES,
  'cautious-lion': async () => (await import('./cautious-lion.ts')).CAUTIOUS_LION_MISTAKES,
  'mgup-lion': async () => (await import('./mgup-lion.ts')).MGUP_LION_MISTAKES,
  'mgup-sign-adamw': async () => (await import('./mgup-sign-adamw.ts')).MGUP_SIGN_ADAMW_MISTAKES,
  muon: async () => (await import('./muon.ts')).MUON_MISTAKES,
  'sgd-momentum': async () => (await import('./sgd-momentum.ts')).SGD_MOMENTUM_MISTAKES,
  'orthogonal-sgdm': async () => (await import('./orthogonal-sgdm.ts')).ORTHOGONAL_SGDM_MISTAKES,
  shampoo: async () => (await import('./shampoo.ts')).SHAMPOO_MISTAKES,
  asgo: async () => (await import('./asgo.ts')).ASGO_MISTAKES,
};

/** The operations with known mistakes. */
export const operationsWithMistakes: readonly string[] = Object.keys(LOADERS);

/** The known mistakes of an operation; none where it has none. */
export async function mistakesOf(operation: string): Promise<readonly Mistake[]> {
  const load = Object.hasOwn(LOADERS, operation) ? LOADERS[operation] : undefined;
  return load === undefined ? [] : await load();
}
