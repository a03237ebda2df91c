import type { BackendMode } from './backend.ts';
import type { Gpu, GpuJs, GpuJsResult, Handle, Kernel } from './gpujs.ts';
import { columnsFirst, entriesOf, type Input, type Plan, type Shape } from './plan.ts';

/** A plan that is ready to run at one size. */
export interface Compiled {
  readonly threaded: boolean;
  call(inputs: readonly Input[]): Promise<Float32Array>;
  destroy(): void;
}

/** Below this many operations starting threads costs more than it saves (measured: 0.3 ms against 0.1 ms a call). */
const WORK_WORTH_THREADS = 2 ** 22;

/** Gathers rows, and the short arrays that threads return, into one array. */
function flattened(result: GpuJsResult, length: number): Float32Array {
  const flat = new Float32Array(length);
  let at = 0;
  const append = (part: GpuJsResult): void => {
    if (part instanceof Float32Array) {
      flat.set(part, at);
      at += part.length;
    } else for (const inner of part) append(inner);
  };
  append(result);
  if (at !== length) throw new Error(`gpu.js: a result of ${length} numbers, got ${at}`);
  return flat;
}

/** A fallback of gpu.js to its float64 `cpu` mode is silent; here it is an error. */
function assertMode(actual: string | undefined, reason: string | null | undefined, mode: string, name: string): void {
  if (actual !== mode || reason) {
    throw new Error(`${name}: the ${mode} backend, got ${actual ?? 'an unknown one'}${reason ? ` (${reason})` : ''}`);
  }
}

/** Builds the kernels of a plan; gpu.js compiles them at the first call. */
export function compiled(gpuJs: GpuJs, gpu: Gpu, mode: BackendMode, plan: Plan, inputCount: number): Compiled {
  const threaded = mode === 'webasm' && plan.work >= WORK_WORTH_THREADS;
  const handles = (inputs: readonly Input[]): Handle[] =>
    inputs.map(({ data, shape }) => gpuJs.input(data, columnsFirst(shape)));
  const settings = (output: Shape, constants: Readonly<Record<string, number>>) => ({
    output: columnsFirst(output),
    constants,
  });
  if ('kernel' in plan) {
    const { kernel, output, constants } = plan.kernel;
    const run: Kernel = gpu.createKernel(kernel, {
      ...settings(output, constants),
      asyncMode: threaded || mode === 'webgpu',
      ...(plan.width === 4 ? { returnType: 'Array(4)' } : {}),
    });
    return {
      threaded,
      async call(inputs) {
        const result = await run(...handles(inputs));
        assertMode(run.kernel.constructor.mode, run.kernel.fallbackReason, mode, plan.name);
        return flattened(result, entriesOf(output) * plan.width);
      },
      destroy: () => run.destroy(),
    };
  }
  const kernels = plan.kernels.map(({ kernel, output, constants }) =>
    gpu.createKernel(kernel, settings(output, constants)),
  );
  const compose = (...inputs: readonly Handle[]): Handle => plan.compose(kernels, inputs);
  // gpu.js hands as many handles as the function declares parameters.
  Object.defineProperty(compose, 'length', { value: inputCount });
  const run = gpu.createPipeline(compose, { threads: threaded });
  return {
    threaded,
    async call(inputs) {
      const result = await run(...handles(inputs));
      assertMode(run.backend, run.fallbackReason, mode, plan.name);
      return flattened(result, entriesOf(plan.output));
    },
    destroy() {
      run.destroy();
      for (const kernel of kernels) kernel.destroy();
    },
  };
}
