import { GRADIENTS } from './real-gradients-data.ts';

export interface RealGradient {
  /** "stepNNN-layerI": the step of training before which it was taken, and the layer. */
  readonly id: string;
  /** outputs × inputs, float32 values. */
  readonly matrix: readonly (readonly number[])[];
}

/**
 * Gradients of the three weight matrices (128×64, 48×128, 10×48) of a tanh network trained on the UCI digits (CC BY 4.0,
 * E. Alpaydin, C. Kaynak) with Adam, before steps 0, 20, 200 and 800: rapidly decaying spectra, exactly zero columns.
 * Decoded when called.
 */
export function realGradients(): readonly RealGradient[] {
  return GRADIENTS.map(({ id, rows, columns, float32 }) => {
    const bytes = Uint8Array.from(atob(float32), (c) => c.codePointAt(0) ?? 0);
    const view = new DataView(bytes.buffer);
    return {
      id,
      matrix: Array.from({ length: rows }, (_, i) =>
        Array.from({ length: columns }, (_, j) => view.getFloat32(4 * (i * columns + j), true)),
      ),
    };
  });
}
