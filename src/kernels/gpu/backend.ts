import type { Input, Plan } from './plan.ts';

export type BackendMode = 'webasm' | 'webgpu';
export type BackendChoice = 'auto' | BackendMode;

/** Where the float32 twins run. */
export interface ArrayBackend {
  readonly mode: BackendMode;
  /** For every report: `webasm: WebAssembly, f32x4 (CPU)`, `webgpu: google/swiftshader (SOFTWARE)`. */
  readonly label: string;
  /** Arithmetic by graphics hardware. */
  readonly hardware: boolean;
  /**
   * + - * / and sqrt round to nearest here, so that a twin must equal its `Math.fround` reference in every bit (as long as
   * nothing is subnormal: software WebGPU may flush). False on hardware, which may fuse and reorder: there an error bound holds.
   */
  readonly bitExact: boolean;
  /** The most bytes that one array may have. */
  readonly largestArray: number;
  /**
   * Checks the inputs, runs the plan, checks that the asked backend ran it and that the result is finite.
   * @throws TypeError or RangeError with one line that names plan and array.
   */
  run(plan: Plan, inputs: readonly Input[]): Promise<Float32Array>;
  /** Frees threads and device; the backend cannot be used again. */
  dispose(): Promise<void>;
}

/** The asked backend does not exist on this machine: a reason to skip, never to pass. */
export class BackendUnavailable extends Error {
  override readonly name = 'BackendUnavailable';
}
