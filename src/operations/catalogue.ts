import type { AnyOperation } from './operation.ts';

/** Every operation by its public id, loaded only when it is asked for. */
const LOADERS: Readonly<Record<string, () => Promise<unknown>>> = {
  norm: async () => (await import('./norm.ts')).normOperation,
  'dual-norm': async () => (await import('./dual-norm.ts')).dualNormOperation,
  lmo: async () => (await import('./lmo.ts')).lmoOperation,
  'singular-values': async () => (await import('./singular-values.ts')).singularValuesOperation,
  polar: async () => (await import('./polar.ts')).polarOperation,
  'newton-schulz': async () => (await import('./newton-schulz.ts')).newtonSchulzOperation,
  'polar-express-coefficients': async () =>
    (await import('./polar-express-coefficients.ts')).polarExpressCoefficientsOperation,
  'gluon-step-size': async () => (await import('./gluon-step-size.ts')).gluonStepSizeOperation,
  brox: async () => (await import('./brox.ts')).broxOperation,
  prox: async () => (await import('./prox.ts')).proxOperation,
  'broximal-point': async () => (await import('./broximal-point.ts')).broximalPointOperation,
  'ball-acceleration': async () => (await import('./ball-acceleration.ts')).ballAccelerationOperation,
  'momentum-law': async () => (await import('./momentum-law.ts')).momentumLawOperation,
  'cautious-drift': async () => (await import('./cautious-drift.ts')).cautiousDriftOperation,
  'top-k-drift': async () => (await import('./top-k-drift.ts')).topKDriftOperation,
  'inverse-root': async () => (await import('./inverse-root.ts')).inverseRootOperation,
  'sgd-momentum': async () => (await import('./sgd-momentum.ts')).sgdMomentumOperation,
  'normalized-sgd': async () => (await import('./normalized-sgd.ts')).normalizedSgdOperation,
  signum: async () => (await import('./signum.ts')).signumOperation,
  muon: async () => (await import('./muon.ts')).muonOperation,
  'orthogonal-sgdm': async () => (await import('./orthogonal-sgdm.ts')).orthogonalSgdmOperation,
  shampoo: async () => (await import('./shampoo.ts')).shampooOperation,
  asgo: async () => (await import('./asgo.ts')).asgoOperation,
  adam: async () => (await import('./adam.ts')).adamOperation,
  adamw: async () => (await import('./adamw.ts')).adamwOperation,
  'cautious-adamw': async () => (await import('./cautious-adamw.ts')).cautiousAdamwOperation,
  'mgup-adamw': async () => (await import('./mgup-adamw.ts')).mgupAdamwOperation,
  'mgup-sign-adamw': async () => (await import('./mgup-sign-adamw.ts')).mgupSignAdamwOperation,
  lion: async () => (await import('./lion.ts')).lionOperation,
  'cautious-lion': async () => (await import('./cautious-lion.ts')).cautiousLionOperation,
  'mgup-lion': async () => (await import('./mgup-lion.ts')).mgupLionOperation,
  'mgup-muon': async () => (await import('./mgup-muon.ts')).mgupMuonOperation,
};

export const operationIds: readonly string[] = Object.keys(LOADERS);

/** The operation of that id, or undefined. */
export async function loadOperation(id: string): Promise<AnyOperation | undefined> {
  const load = Object.hasOwn(LOADERS, id) ? LOADERS[id] : undefined;
  return load === undefined ? undefined : ((await load()) as AnyOperation);
}
