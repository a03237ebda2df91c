import type { Handle, KernelCall, KernelFunction } from './gpujs.ts';

/** The lengths of an array: one for a vector, rows and columns for a matrix. Never 0: empty results need no kernel. */
export type Shape = readonly [length: number] | readonly [rows: number, columns: number];

/** One kernel at one size. gpu.js ends loops whose bound is an argument silently after 1000 turns, so bounds are constants or literals. */
export interface KernelSpec {
  readonly kernel: KernelFunction;
  readonly output: Shape;
  readonly constants: Readonly<Record<string, number>>;
}

/** An array that goes in. */
export interface Input {
  readonly name: string;
  readonly data: Float32Array;
  readonly shape: Shape;
}

/**
 * What a backend can run: one kernel, or several whose intermediate results stay on the device.
 *
 * `compose` is traced once and sees handles, not numbers; its last kernel gives the output.
 */
export type Plan = {
  /** The name in error messages. */
  readonly name: string;
  /** About how many arithmetic operations: decides whether threads are worth their start. */
  readonly work: number;
} & (
  | {
      readonly kernel: KernelSpec;
      /** Numbers that each thread returns. */
      readonly width: 1 | 4;
    }
  | {
      readonly kernels: readonly KernelSpec[];
      compose(kernels: readonly KernelCall[], inputs: readonly Handle[]): Handle;
      /** Everything besides the kernels that `compose` depends on. */
      readonly variant: string;
      readonly output: Shape;
    }
);

/** The number of entries of a shape. */
export const entriesOf = (shape: Shape): number => shape.reduce((product, length) => product * length, 1);

/** gpu.js counts columns first. */
export const columnsFirst = (shape: Shape): number[] => [...shape].reverse();

/** Equal for two plans exactly when their compiled form can be shared: the source text of the kernels is part of it. */
export function planKey(plan: Plan, inputs: readonly Input[]): string {
  const specs = 'kernel' in plan ? [plan.kernel] : plan.kernels;
  const sources = specs.map(({ kernel, output, constants }) => [kernel.toString(), output, constants]);
  const variant = 'kernel' in plan ? plan.width : [plan.variant, plan.output, plan.compose.toString()];
  return JSON.stringify([plan.name, sources, variant, inputs.map(({ shape }) => shape)]);
}
