import { GENERATED } from './settings.ts';

/** What is used of Vega. Its own declarations need the browser's, so the packages are named through variables. */
interface Vega {
  readonly parse: (specification: unknown) => unknown;
  readonly View: new (
    runtime: unknown,
    options: { readonly renderer: 'none' },
  ) => { toSVG(): Promise<string>; finalize(): void };
}
interface VegaLite {
  readonly compile: (specification: object) => { readonly spec: unknown };
}

const VEGA: string = 'vega';
const VEGA_LITE: string = 'vega-lite';

/** A Vega-Lite specification as an SVG document, without a canvas and the same on every machine. */
export async function rendered(specification: object): Promise<string> {
  const { parse, View } = (await import(VEGA)) as Vega;
  const { compile } = (await import(VEGA_LITE)) as VegaLite;
  const view = new View(parse(compile(specification).spec), { renderer: 'none' });
  try {
    return marked(settled(await view.toSVG()));
  } finally {
    view.finalize();
  }
}

/** Coordinates to a hundredth of a pixel: finer digits may differ between engines and help nobody. */
const settled = (svg: string): string =>
  svg.replace(
    / (d|transform|x|y|x1|x2|y1|y2|width|height|viewBox|points)="([^"]*)"/g,
    (_, name: string, value: string) => {
      const rounded = value.replace(/-?\d*\.\d+(?:e-?\d+)?/g, (n) => `${Math.round(Number(n) * 100) / 100 + 0}`);
      return ` ${name}="${rounded}"`;
    },
  );

/** A generated drawing says so in line one. */
export const marked = (svg: string): string => `<!-- ${GENERATED} -->\n${svg.trim()}\n`;
