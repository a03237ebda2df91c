import { availableParallelism } from 'node:os';

/** What is used of tinypool; its own declarations need the types of a browser. */
export interface Pool {
  run(task: unknown, options?: { readonly name: string }): Promise<unknown>;
  destroy(): Promise<void>;
}

interface TinypoolModule {
  readonly default: new (options: {
    readonly filename: string;
    readonly minThreads: number;
    readonly maxThreads: number;
  }) => Pool;
}

/** A constant of type string, so that tsc does not look at the declarations of the package. */
const TINYPOOL: string = 'tinypool';

/** More workers than this cost more memory than they save time. */
const MOST_WORKERS = 8;

/** A pool of worker threads, started as they are needed, on a compiled module. */
export async function createPool(filename: string): Promise<Pool> {
  const { default: Tinypool } = (await import(TINYPOOL)) as TinypoolModule;
  return new Tinypool({ filename, minThreads: 1, maxThreads: Math.min(availableParallelism(), MOST_WORKERS) });
}
