import type { ArrayBackend, BackendMode } from './backend.ts';
import { type Compiled, compiled } from './compiled.ts';
import type { Gpu, GpuJs } from './gpujs.ts';
import { entriesOf, type Input, type Plan, planKey } from './plan.ts';
import { assertFinite, assertInput, assertRunnable } from './validate.ts';

export interface BackendTraits {
  readonly mode: BackendMode;
  readonly label: string;
  readonly hardware: boolean;
  readonly largestArray: number;
  /** Called after gpu.js has let go. */
  close(): Promise<void>;
}

/** Compiled plans to keep; each threaded one owns a pool of worker threads. */
const KEPT = { single: 48, threaded: 4 } as const;

/** A backend on a `GPU` instance whose mode is explicit. Runs one plan at a time; compiled plans are kept, the oldest go first. */
export function openBackend(gpuJs: GpuJs, traits: BackendTraits): ArrayBackend {
  const { mode, label, hardware, largestArray } = traits;
  const gpu: Gpu = new gpuJs.GPU({ mode });
  const kept = new Map<string, Compiled>();
  let turn: Promise<unknown> = Promise.resolve();
  let open = true;

  /** The compiled plan, moved to the young end. */
  function prepared(plan: Plan, inputs: readonly Input[]): Compiled {
    const key = planKey(plan, inputs);
    const found = kept.get(key) ?? compiled(gpuJs, gpu, mode, plan, inputs.length);
    kept.delete(key);
    kept.set(key, found);
    const alike = [...kept].filter(([, { threaded }]) => threaded === found.threaded);
    const limit = found.threaded ? KEPT.threaded : KEPT.single;
    for (const [oldKey, old] of alike.slice(0, Math.max(0, alike.length - limit))) {
      kept.delete(oldKey);
      old.destroy();
    }
    return found;
  }

  async function runNow(plan: Plan, inputs: readonly Input[]): Promise<Float32Array> {
    if (!open) throw new Error(`${plan.name}: an open backend, got one that was disposed of`);
    const result = await prepared(plan, inputs).call(inputs);
    assertFinite(result, `${plan.name}, result`);
    return result;
  }

  return {
    mode,
    label,
    hardware,
    bitExact: !hardware,
    largestArray,
    async run(plan, inputs) {
      for (const input of inputs) assertInput(input, largestArray, plan.name);
      const shapes =
        'kernel' in plan ? [plan.kernel.output] : [plan.output, ...plan.kernels.map(({ output }) => output)];
      for (const shape of shapes) assertRunnable(shape, largestArray, `${plan.name}, result`);
      if ('kernel' in plan) {
        assertRunnable([entriesOf(plan.kernel.output) * plan.width], largestArray, `${plan.name}, result`);
      }
      const result = turn.then(() => runNow(plan, inputs));
      turn = result.catch(() => undefined);
      return result;
    },
    async dispose() {
      if (!open) return;
      open = false;
      await turn;
      for (const plan of kept.values()) plan.destroy();
      kept.clear();
      await gpu.destroy();
      await traits.close();
    },
  };
}
