/**
 * A picture that a paper's folder adds to the report beside what the report draws of every claim.
 *
 * `claims/<paper>/parts/figures.ts` exports `figures: readonly Figure[]`; the data are computed from the kernels, without
 * randomness and clock, so that two runs give the same bytes.
 */
export interface Figure {
  /** Kebab-case; names the file `plots/figure-<paper>-<id>.svg`. */
  readonly id: string;
  readonly title: string;
  /** Prose with maths between dollars; blank lines part paragraphs. */
  readonly caption: string;
  readonly drawing: Drawing;
  readonly table?: FigureTable;
}

/** A Vega-Lite specification with its data in it, or a complete SVG document. */
export type Drawing = { readonly vegaLite: object } | { readonly svg: string };

/** Numbers are shown to four significant digits; text may hold maths between dollars. */
export interface FigureTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}
