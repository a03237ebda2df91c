import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOM = fileURLToPath(new URL('../../src/kernels/gpu/', import.meta.url));

/**
 * What kernels must not use, since backends differ there by far more than rounding, or refuse it: powers (wrong for negative bases),
 * tanh, expm1, log1p (millions of ulp near 0 in WGSL), the remainder, NaN tests (WGSL may assume that there is no NaN),
 * random numbers, `??`, `?.`, arrow functions, `while` (ends silently after 1000 turns) and loops bounded by anything but a
 * literal or a constant (likewise).
 */
const FORBIDDEN: readonly [string, RegExp][] = [
  ['a power', /Math\.pow|\*\*/],
  ['an inexact function', /Math\.(?!abs\b|sqrt\b|floor\b|max\b|min\b)\w+/],
  ['a remainder', /%/],
  ['a NaN test', /isNaN|isFinite|(\b\w+)\s*!==\s*\1\b/],
  ['nullish or optional access', /\?\?|\?\./],
  ['an arrow function', /=>/],
  ['a while loop', /\bwhile\b/],
  ['a loop bound that is neither literal nor constant', /for \([^;]*;\s*\w+\s*<\s*(?!\s|\d+;|this\.constants\.)/],
];

/** The functions named …Kernel in a file, as text. */
function kernelsOf(text: string): { name: string; body: string }[] {
  return [...text.matchAll(/^function (\w+Kernel)\([\s\S]*?^}/gm)].map(([body, name = '']) => ({ name, body }));
}

const breaches = (body: string): string[] => FORBIDDEN.flatMap(([what, pattern]) => (pattern.test(body) ? [what] : []));

test('every kernel keeps to what all backends compute alike', () => {
  const kernels = readdirSync(ROOM).flatMap((file) => kernelsOf(readFileSync(`${ROOM}${file}`, 'utf8')));
  expect(kernels.map(({ name }) => name)).toContain('signFormKernel');
  expect(
    kernels.filter(({ body }) => breaches(body).length > 0).map(({ name, body }) => [name, ...breaches(body)]),
  ).toEqual([]);
});

test.each([
  ['a power', 'x = x ** 2;'],
  ['a power', 'x = Math.pow(x, 2);'],
  ['an inexact function', 'x = Math.tanh(x);'],
  ['a remainder', 'x = x % 2;'],
  ['a NaN test', 'if (x !== x) { x = 0; }'],
  ['nullish or optional access', 'x = a[0] ?? 0;'],
  ['an arrow function', 'const f = () => x;'],
  ['a while loop', 'while (x < 1) { x = x + 1; }'],
  ['a loop bound that is neither literal nor constant', 'for (let i = 0; i < n; i++) { x = x + 1; }'],
])('%s would be seen: %s', (what, statement) => {
  const [kernel] = kernelsOf(
    `function toyKernel(a: number[]): number {\n  let x = a[0]!;\n  ${statement}\n  return x;\n}\n`,
  );
  expect(breaches(kernel?.body ?? '')).toContain(what);
});
