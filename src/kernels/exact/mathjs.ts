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

/** mathjs with exact fractions as its numbers. */
export const mathjsFractions = (): MathJs => load().create({ number: 'Fraction' });

/** mathjs with decimal numbers of so many digits. */
export const mathjsDecimals = (digits: number): MathJs => load().create({ number: 'BigNumber', precision: digits });
