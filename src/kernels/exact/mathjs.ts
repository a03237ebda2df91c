import type { MathNode } from 'mathjs';

/** The part of mathjs that is used, in one number system. */
export interface MathJs {
  parse(expression: string): MathNode;
  evaluate(expression: string, scope: Readonly<Record<string, unknown>>): unknown;
  typeOf(value: unknown): string;
}

interface MathJsModule {
  create(config: { readonly number: 'Fraction' | 'BigNumber'; readonly precision?: number }): MathJs;
}

/**
 * mathjs in one file, read when the first expression is: `import 'mathjs'` opens a thousand, ten times as slow, and would
 * do so for every command that lists a claim.
 */
function load(): MathJsModule {
  const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);
  return require('mathjs/lib/browser/math.js') as MathJsModule;
}

/** An instance builds its functions at their first use, so it is kept. */
const instances = new Map<number, MathJs>();

function instance(digits: number): MathJs {
  const kept = instances.get(digits);
  if (kept !== undefined) return kept;
  const made = load().create(digits === 0 ? { number: 'Fraction' } : { number: 'BigNumber', precision: digits });
  instances.set(digits, made);
  return made;
}

/** mathjs with exact fractions as its numbers. */
export const mathjsFractions = (): MathJs => instance(0);

/** mathjs with decimal numbers of so many digits, at least one. */
export const mathjsDecimals = (digits: number): MathJs => instance(digits);
