import type { ArrayBackend } from '../../src/kernels/gpu/backend.ts';
import type { KernelFunction } from '../../src/kernels/gpu/gpujs.ts';
import type { KernelSpec } from '../../src/kernels/gpu/plan.ts';

/** A backend that runs kernels with one piece of their source text replaced: what a check with teeth must notice. */
export function mutatedBackend(backend: ArrayBackend, piece: RegExp, replacement: string): ArrayBackend {
  let replaced = 0;
  const mutated = (spec: KernelSpec): KernelSpec => {
    const source = spec.kernel.toString();
    if (!piece.test(source)) return spec;
    replaced++;
    return { ...spec, kernel: new Function(`return ${source.replace(piece, replacement)}`)() as KernelFunction };
  };
  return {
    ...backend,
    run: async (plan, inputs) => {
      const changed =
        'kernel' in plan ? { ...plan, kernel: mutated(plan.kernel) } : { ...plan, kernels: plan.kernels.map(mutated) };
      if (replaced === 0) throw new Error(`mutatedBackend: ${piece} in a kernel of ${plan.name}, got none`);
      return backend.run(changed, inputs);
    },
  };
}
