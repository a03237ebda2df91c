import type { AnyOperation } from './operation.ts';

/** Every operation by its public id, loaded only when it is asked for. */
const LOADERS: Readonly<Record<string, () => Promise<unknown>>> = {
  'gluon-step-size': async () => (await import('./gluon-step-size.ts')).gluonStepSizeOperation,
};

export const operationIds: readonly string[] = Object.keys(LOADERS);

/** The operation of that id, or undefined. */
export async function loadOperation(id: string): Promise<AnyOperation | undefined> {
  const load = Object.hasOwn(LOADERS, id) ? LOADERS[id] : undefined;
  return load === undefined ? undefined : ((await load()) as AnyOperation);
}
