import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../../src');

/** What a line of code in a room may import: rooms of src, and packages. The first matching prefix counts. */
const MAY: readonly (readonly [string, readonly string[]])[] = [
  ['kernels/gpu', ['kernels', 'gpu.js', 'webgpu', 'node']],
  ['kernels', ['kernels', 'ml-matrix', 'mathjs']],
  ['problems', ['problems', 'kernels']],
  ['methods', ['methods', 'kernels', 'problems']],
  ['operations', ['operations', 'methods', 'problems', 'kernels', 'zod']],
  ['mistakes', ['mistakes', 'operations', 'methods', 'problems', 'kernels', 'zod']],
  ['instances', ['instances', 'fast-check', 'kernels', 'problems']],
  ['claim', ['claim', 'operations/operation.ts', 'kernels/exact', 'fast-check']],
  ['claims/load.ts', ['claim', 'node']],
  ['claims', ['claims', 'claim', 'operations', 'methods', 'problems', 'instances', 'kernels', 'fast-check']],
  [
    'runners',
    [
      'runners',
      'claims/load.ts',
      'claim',
      'instances/asked/asked-inputs.ts',
      'mistakes',
      'operations',
      'kernels',
      'fast-check',
      'shlex',
      'xmlbuilder',
      'vega',
      'vega-lite',
      'tinypool',
      'tinybench',
      'zod',
      'fastest-levenshtein',
      'node',
    ],
  ],
  ['cli.ts', ['runners', 'commander', 'node']],
  ['index.ts', ['runners', 'claims/load.ts', 'claim', 'mistakes', 'operations', 'kernels']],
];

const IMPORT =
  /(?:^|\s)(?:import|export)\s+(type\s+)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/gm;

interface Edge {
  readonly file: string;
  readonly target: string;
  readonly isType: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));

function edges(file: string, text: string): readonly Edge[] {
  return [...text.matchAll(IMPORT)].map(([, type, from, dynamic]) => {
    const specifier = from ?? dynamic ?? '';
    const target = specifier.startsWith('.') ? relative(SRC, resolve(SRC, file, '..', specifier)) : specifier;
    return { file, target, isType: type !== undefined };
  });
}

function isAllowed({ file, target, isType }: Edge): boolean {
  const may = MAY.find(([room]) => file === room || file.startsWith(`${room}/`))?.[1] ?? [];
  if (file.startsWith('operations/') && target === 'zod') return true;
  if (target.startsWith('node:') || builtinModules.includes(target)) return may.includes('node');
  if (file.startsWith('claim/') && target === 'fast-check') return isType;
  if (file.startsWith('claims/') && target.startsWith('claims/')) return paper(file) === paper(target);
  return may.some((room) => target === room || target.startsWith(`${room}/`));
}

const paper = (file: string): string => file.split('/')[1] ?? '';

it('every import stays inside the table of rooms', () => {
  const wrong = files.flatMap((f) => edges(f, readFileSync(join(SRC, f), 'utf8'))).filter((edge) => !isAllowed(edge));
  expect(wrong.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
});

it('sees the imports that it forbids', () => {
  const bad = [
    ['kernels/exact/x.ts', "import fc from 'fast-check';"],
    ['kernels/x.ts', "const { readFileSync } = await import('node:fs');"],
    ['instances/x.ts', "import { step } from '../methods/muon.ts';"],
    ['operations/x.ts', "import type { Claim } from '../claim/claim.ts';"],
    ['operations/x.ts', "import { agrees } from '../mistakes/agreement.ts';"],
    ['mistakes/x.ts', "import fc from 'fast-check';"],
    ['runners/x.ts', "import { dyadic } from '../instances/dyadic.ts';"],
    ['claims/gluon/x.ts', "import other from '../mgup/other.ts';"],
    ['claim/x.ts', "import fc from 'fast-check';"],
    ['claims/gluon/x.ts', "export * from 'vitest';"],
  ] as const;
  for (const [file, text] of bad) expect(edges(file, text).map(isAllowed), `${file}: ${text}`).toEqual([false]);
});

it('kernels draw no random number and read no clock', () => {
  const impure = files
    .filter((f) => /^(kernels|problems|methods|operations|mistakes|claims|claim|instances)\//.test(f))
    .filter((f) => /Math\.random\(|Date\.now|performance\.now|new Date\(/.test(readFileSync(join(SRC, f), 'utf8')));
  expect(impure).toEqual([]);
});

it('only claims have default exports, and a claim file bears its id', () => {
  const defaults = files.filter((f) => /^export default /m.test(readFileSync(join(SRC, f), 'utf8')));
  expect(defaults.filter((f) => !f.startsWith('claims/'))).toEqual([]);
  for (const f of defaults) {
    const id = f.split('/').at(-1)?.replace(/\.ts$/, '');
    expect(readFileSync(join(SRC, f), 'utf8')).toContain(`id: '${id}'`);
  }
});

it('no file names what users do not have', () => {
  const root = resolve(SRC, '..');
  const shipped = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (f) =>
      /\.(ts|mjs|md|json)$/.test(f) &&
      !/(^|\/)(node_modules|dist|\.git|coverage)\//.test(f) &&
      !f.includes('architecture.spec'),
  );
  expect(
    shipped.filter((f) =>
      /\.\.\/shared|shared\/(design|operations|claims|gpu|ledger)/.test(readFileSync(join(root, f), 'utf8')),
    ),
  ).toEqual([]);
});
