/**
 * The one door to gpu.js: its types as far as they are used here, and its lazy import.
 *
 * gpu.js's own declarations need the DOM library, declare `input` as a type and reject typed constants, so they are not read.
 */

/** `this` of a kernel: one thread computes one entry of the output, thread.x counts columns and thread.y rows. */
export interface KernelThis<C extends string = never> {
  readonly thread: { readonly x: number; readonly y: number; readonly z: number };
  readonly constants: Readonly<Record<C, number>>;
}

/** A kernel is read from its source text, so it names nothing but its arguments, `this` and `Math`. */
export type KernelFunction = (this: never, ...inputs: never[]) => number | readonly number[];

/** An array in a call (from `input`), an intermediate of a pipeline, or a number that a pipeline freezes. */
export type Handle = { readonly gpuJsHandle?: never };
export type KernelCall = (...inputs: readonly (Handle | number)[]) => Handle;

/** One row; an array of rows; or the same with a short array in place of each number. */
export type GpuJsResult = Float32Array | readonly GpuJsResult[];

export interface Kernel {
  (...inputs: readonly Handle[]): GpuJsResult | Promise<GpuJsResult>;
  /** The backend that really ran, after the first call. */
  readonly kernel: { readonly constructor: { readonly mode?: string }; readonly fallbackReason?: string | null };
  destroy(): void;
}

export interface Pipeline {
  (...inputs: readonly Handle[]): Promise<GpuJsResult>;
  readonly backend: string;
  readonly executorKind: string;
  readonly fallbackReason: string | null;
  destroy(): void;
}

export interface KernelSettings {
  readonly output: readonly number[];
  readonly constants: Readonly<Record<string, number>>;
  readonly asyncMode?: boolean;
  readonly returnType?: 'Float' | 'Array(4)';
}

export interface Gpu {
  createKernel(kernel: KernelFunction, settings: KernelSettings): Kernel & KernelCall;
  createPipeline(compose: (...inputs: readonly Handle[]) => Handle, settings: { readonly threads: boolean }): Pipeline;
  destroy(): Promise<void>;
}

export interface GpuJs {
  readonly GPU: (new (settings: {
    readonly mode: 'webasm' | 'webgpu';
  }) => Gpu) & {
    readonly isWebAssemblySupported: boolean;
  };
  readonly WebGPUContext: {
    acquire(): Promise<{ readonly device: { readonly limits: Readonly<Record<string, number>> } }>;
    destroy(): Promise<void>;
  };
  /** A flat array with its shape, columns first. */
  input(data: Float32Array, size: readonly number[]): Handle;
}

/** A variable, so that tsc does not look for declarations; the build puts the literal back and bundles the package. */
const GPU_JS: string = 'gpu.js';

/** gpu.js, loaded on first use. */
export async function loadGpuJs(): Promise<GpuJs> {
  const module = (await import(GPU_JS)) as GpuJs & { readonly default?: GpuJs };
  return module.default ?? module;
}
