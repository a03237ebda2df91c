import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CLI, lemmata } from './lemmata.ts';

const folder = mkdtempSync(join(tmpdir(), 'lemmata-judge-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SGD = resolve(import.meta.dirname, '../referee/sgd.mjs');
const command = (flaw: string): string => `'${process.execPath}' '${SGD}' ${flaw}`;
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};

const judged = (flaw: string, ...more: readonly string[]) =>
  lemmata(['judge', '--exec', command(flaw), '--runs', '40', ...more]);

interface Finding {
  readonly obligation: string;
  readonly input: {
    readonly parameters?: unknown;
    readonly gradients?: readonly unknown[];
    readonly gradientNorm?: number;
  };
  readonly expected: object;
  readonly got: unknown;
  readonly distance: unknown;
  readonly likely: readonly { readonly name: string; readonly where: string }[];
  readonly replay: string;
}
interface Document {
  readonly implementation: object;
  readonly operations: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly calls: number;
    readonly findings: readonly Finding[];
  }[];
  readonly seconds: number;
}

async function document(
  flaw: string,
  ...more: readonly string[]
): Promise<Document & { readonly code: number | null }> {
  const { code, stdout, stderr } = await judged(flaw, '--json', ...more);
  expect(stderr).toBe('');
  return { code, ...(JSON.parse(stdout) as Document) };
}
const of = ({ operations }: Document, id: string) => operations.find((operation) => operation.id === id);

describe.concurrent('lemmata judge', () => {
  it('says that a right implementation is right', async () => {
    const found = await document('right');
    expect(found.code).toBe(0);
    expect(Object.keys(found)).toEqual(['code', 'implementation', 'operations', 'seconds']);
    expect(found.implementation).toEqual({ name: 'sgd-right', version: '1', precision: 'float64' });
    expect(of(found, 'sgd-momentum')).toEqual({ id: 'sgd-momentum', verdict: 'conforms', calls: 40, findings: [] });
    expect(of(found, 'gluon-step-size')?.verdict).toBe('conforms');
    expect(of(found, 'polar')).toEqual({ id: 'polar', verdict: 'unsupported', calls: 0, findings: [] });
  });

  it('names the mistake with the smallest input, and the token repeats it alone', async () => {
    const found = await document('averaged', '--operation', 'sgd-momentum');
    expect(found.code).toBe(1);
    expect(found.operations).toHaveLength(1);
    const [finding] = of(found, 'sgd-momentum')?.findings ?? [];
    expect(Object.keys(finding ?? {})).toEqual([
      'obligation',
      'input',
      'expected',
      'got',
      'distance',
      'likely',
      'replay',
    ]);
    expect(finding).toMatchObject({ obligation: 'must', input: { parameters: [[[0]]] } });
    expect(finding?.likely[0]?.name).toMatch(/average/);
    expect(finding?.likely).toHaveLength(1);
    const again = await document('averaged', '--replay', finding?.replay ?? '');
    expect(again.code).toBe(1);
    expect(of(again, 'sgd-momentum')?.calls).toBe(1);
    expect(of(again, 'sgd-momentum')?.findings[0]).toEqual(finding);
    const repaired = await document('right', '--replay', finding?.replay ?? '');
    expect(repaired.code).toBe(0);
  });

  it('tells people in one sentence', async () => {
    const { code, stdout } = await judged('averaged', '--operation', 'sgd-momentum');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^your sgd-momentum .*; smallest input: a 1×1 matrix, step \d$/m);
    // the printed line works as it is, in a shell
    const [, line = ''] =
      /^ {2}repeat {4}npx lemmata (judge --exec .* --replay sgd-momentum@[\w-]+)$/m.exec(stdout) ?? [];
    const repeated = spawnSync('sh', ['-c', `"$0" "$1" ${line}`, process.execPath, CLI], { encoding: 'utf8' });
    expect(repeated.status, repeated.stderr).toBe(1);
    expect(repeated.stdout).toMatch(/^your sgd-momentum averages/m);
    expect(stdout).toMatch(/^ {2}at parameters\[0\]\[0\]\[0\]: expected -1, got -0.5, where no error is allowed$/m);
    expect(stdout).toMatch(/The allowed error is derived/);
    expect(stdout).toMatch(/not known here, ignored: time-travel/);
  });

  it('counts a refusal like a wrong value, and shrinks it', async () => {
    const found = await document('refuses', '--operation', 'gluon-step-size');
    expect(found.code).toBe(1);
    const [finding] = of(found, 'gluon-step-size')?.findings ?? [];
    expect(finding).toMatchObject({ input: { gradientNorm: 0 }, got: { error: 'no gradient' }, distance: 'Infinity' });
  });

  it('a process that dies is broken, the finding says how, and the other operations are judged', async () => {
    const found = await document('dies');
    expect(found.code).toBe(1);
    expect(of(found, 'gluon-step-size')?.verdict).toBe('broken');
    expect(of(found, 'gluon-step-size')?.findings[0]?.got).toMatch(/exit code 3|code 3/);
    expect(of(found, 'gluon-step-size')?.findings[0]?.input).toMatchObject({ l1: 0 });
    expect(of(found, 'sgd-momentum')?.verdict).toBe('conforms');
  });

  it.each([
    ['text', 'broken', /nonsense: required an array of matrices in "parameters", got "none"/],
    ['lists', 'broken', /nonsense/],
  ])('an answer of %s is nonsense', async (flaw, verdict, words) => {
    const found = await document(flaw, '--operation', 'sgd-momentum');
    expect(of(found, 'sgd-momentum')?.verdict).toBe(verdict);
    expect(of(found, 'sgd-momentum')?.findings[0]?.got).toMatch(words);
  });

  it('a wrong description is a finding, nothing offered is not green', async () => {
    const wrong = await document('float16');
    expect(wrong.code).toBe(1);
    expect(wrong.operations).toMatchObject([{ id: 'describe', verdict: 'broken' }]);
    expect(wrong.operations[0]?.findings[0]?.got).toMatch(/precision/);
    const nothing = await judged('nothing');
    expect(nothing.code).toBe(1);
    expect(nothing.stdout).toMatch(/nothing was judged/);
  });

  it('accepts what a file lists, and says when that is no longer needed', async () => {
    const found = await document('averaged', '--operation', 'sgd-momentum');
    const name = of(found, 'sgd-momentum')?.findings[0]?.likely[0]?.name;
    const listed = file('accepted.json', [{ operation: 'sgd-momentum', likely: name, reason: 'as in our paper' }]);
    const accepted = await document('averaged', '--expected', listed);
    expect(accepted.code).toBe(0);
    expect(of(accepted, 'sgd-momentum')).toMatchObject({
      verdict: 'conforms',
      findings: [{ obligation: 'must', likely: [{ name }] }],
    });
    const passed = await document('right', '--expected', listed);
    expect(passed.code).toBe(0);
    expect(of(passed, 'sgd-momentum')?.findings).toMatchObject([
      { obligation: 'informative', distance: 0, likely: [{ name }] },
    ]);
    // another mistake is not excused by it
    const other = await document('ascends', '--expected', listed);
    expect(other.code).toBe(1);
  });

  it('accepts one input by its token', async () => {
    const found = await document('refuses', '--operation', 'gluon-step-size');
    const tokens = of(found, 'gluon-step-size')?.findings.map(({ replay }) => replay) ?? [];
    expect(tokens.length).toBeGreaterThan(0);
    const listed = file(
      'tokens.json',
      tokens.map((replay) => ({ operation: 'gluon-step-size', replay })),
    );
    expect((await document('refuses', '--expected', listed)).code).toBe(0);
    const passed = await document('right', '--expected', listed);
    expect(of(passed, 'gluon-step-size')?.findings).toMatchObject(
      tokens.map((replay) => ({ obligation: 'informative', replay })),
    );
    // one of them alone does not excuse the others
    const one = file('token.json', [{ operation: 'gluon-step-size', replay: tokens[0] }]);
    expect((await document('refuses', '--expected', one)).code).toBe(tokens.length > 1 ? 1 : 0);
  });

  it('the same seed asks the same, another one something else', async () => {
    const seconds = ({ seconds: _, ...rest }: Document) => rest;
    const [first, second] = [await document('averaged'), await document('averaged')];
    expect(seconds(first)).toEqual(seconds(second));
  });

  it('sets several side by side, with a page and JUnit XML', async () => {
    const accepted = file('none.json', []);
    const config = file('config.json', {
      implementations: [{ exec: command('right'), expected: 'none.json' }, { exec: command('averaged') }],
    });
    expect(accepted).toContain('none.json');
    const [markdown, junit] = [join(folder, 'out/judged.md'), join(folder, 'out/judged.xml')];
    const { code, stdout, stderr } = await lemmata([
      ...['judge', '--config', config, '--runs', '30', '--json', '--markdown', markdown, '--junit', junit],
    ]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect((JSON.parse(stdout) as Document[]).map(({ implementation }) => implementation)).toMatchObject([
      { name: 'sgd-right' },
      { name: 'sgd-averaged' },
    ]);
    const page = readFileSync(markdown, 'utf8');
    expect(page).toMatch(/^\| operation \| sgd-right 1 \(float64\) \| sgd-averaged 1 \(float64\) \|$/m);
    expect(page).toMatch(/^\| sgd-momentum \| conforms \| differs: .*average.* \|$/m);
    expect(page).toMatch(/^\| gluon-step-size \| conforms \| conforms \|$/m);
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toMatch(/<testsuite name="sgd-averaged 1 float64" tests="\d+" failures="1" errors="0" skipped="\d+">/);
    expect(xml).toMatch(
      /<testcase classname="sgd-averaged" name="sgd-momentum">\s*<failure message="your sgd-momentum [^"]*" type="wrong">/,
    );
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['judged.md', 'judged.xml']);
  });
});

describe.concurrent('bad usage of judge is one line', () => {
  const right = command('right');
  const empty = file('empty.json', {});
  const listed = (content: unknown, name: string) => ['--exec', right, '--expected', file(name, content)];
  it.each<[string, readonly string[], RegExp]>([
    ['nothing to judge', [], /^judge: --exec: required either --exec CMD or --config FILE, got neither$/],
    ['both', ['--exec', right, '--config', empty], /got both/],
    ['an empty command', ['--exec', ''], /--exec: required a command, got ""/],
    ['an open quote', ['--exec', "python3 'x"], /--exec: required a closing quote/],
    [
      'a program that is not there',
      ['--exec', '/nowhere/python3 x.py'],
      /--exec: required a command that can be started.*ENOENT/,
    ],
    [
      'an unknown operation',
      ['--exec', right, '--operation', 'mouon'],
      /--operation: .*got "mouon"; the nearest is muon/,
    ],
    ['no runs', ['--exec', right, '--runs', '0'], /--runs: .*got "0"/],
    ['a size beyond all', ['--exec', right, '--size', '513'], /--size: required an integer from 1 to 512, got "513"/],
    ['a time without a unit', ['--exec', right, '--timeout', '10'], /--timeout: .*got "10"/],
    ['a token that is none', ['--exec', right, '--replay', 'polar@x'], /--replay: .*got "polar@x"/],
    ['a file that is not there', ['--exec', right, '--expected', join(folder, 'no.json')], /--expected: .*ENOENT/],
    ['a list that is none', listed({ operation: 'polar' }, 'a.json'), /--expected .*a\.json: required an array/],
    ['an entry of nothing', listed([{ operation: 'polar' }], 'b.json'), /either "likely" or "replay"/],
    [
      'an unknown mistake',
      listed([{ operation: 'polar', likely: 'is odd' }], 'c.json'),
      /a known mistake of polar, got "is odd"/,
    ],
    ['an entry of no operation', listed([{ operation: 'nope', likely: 'x' }], 'd.json'), /got "nope"/],
    ['a configuration of nothing', ['--config', empty], /--config .*implementations: required/],
    [
      'no place for the page',
      ['--exec', right, '--markdown', join(SGD, 'x.md')],
      /--markdown: required a writable folder/,
    ],
    ['a folder for the XML', ['--exec', right, '--junit', folder], /--junit: required the path of a file/],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await lemmata(['judge', ...args]);
    expect({ code, stdout, lines: stderr.split('\n').length }, stderr).toEqual({ code: 2, stdout: '', lines: 2 });
    expect(stderr.trimEnd()).toMatch(message);
  });
});

describe('lemmata vectors', () => {
  it('writes every file once, and a second run changes nothing', async () => {
    const out = join(folder, 'vectors');
    const first = await lemmata(['vectors', '--out', out]);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(out)).toContain('vectors.v1.schema.json');
    expect(readdirSync(out)).toContain('muon.v1.json');
    const second = await lemmata(['vectors', '--out', out]);
    expect(second.stdout).toMatch(/, 0 written\n$/);
  });

  it.each([[[]], [['--out', '']], [['--out', join(SGD, 'x')]]])('refuses %j', async (args) => {
    const { code, stdout, stderr } = await lemmata(['vectors', ...args]);
    expect({ code, stdout, lines: stderr.split('\n').length }, stderr).toEqual({ code: 2, stdout: '', lines: 2 });
  });
});
