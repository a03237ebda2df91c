import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { claimFiles } from '../../src/claims/load.ts';
import { operationIds } from '../../src/operations/catalogue.ts';
import { CLI, lemmata, QUICK } from './lemmata.ts';
import { dictionary, npyFile } from './npy-file.ts';
import { checkShape, doctorShape, evalShape, listShape, operationsShape, parsedLine, tightenShape } from './shapes.ts';

const folder = mkdtempSync(join(tmpdir(), 'lemmata-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What it prints, where it succeeds without a word on stderr. */
async function printed(args: readonly string[], stdin: string | Uint8Array = ''): Promise<string> {
  const { code, stdout, stderr } = await lemmata(args, { stdin });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe.concurrent('help', () => {
  it.each([['--help'], ['help'], ['-h']])('%s shows every command', async (arg) => {
    const help = await printed([arg]);
    for (const name of ['list', 'check', 'explain', 'tighten', 'report', 'operations', 'eval', 'doctor']) {
      expect(help).toContain(`  ${name}`);
    }
  });

  it.each(['list', 'check', 'explain', 'tighten', 'report', 'operations', 'eval', 'doctor'])(
    '%s shows an example',
    async (name) => expect(await printed(['help', name])).toMatch(new RegExp(`Example:\n.*npx lemmata ${name}`)),
  );

  it('--version', async () => expect(await printed(['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/));
});

describe.concurrent('list', () => {
  it('--json shows every claim in its shape', async () => {
    const list = parsedLine(await printed(['list', '--json']), listShape);
    expect(list.map(({ id, paper }) => ({ id, paper }))).toEqual(claimFiles().map(({ id, paper }) => ({ id, paper })));
    for (const { families, tightness } of list) expect(families.map(({ id }) => id)).toContain(tightness.family);
  });

  it('--paper selects', async () => {
    const list = parsedLine(await printed(['list', '--paper', 'gluon', '--json']), listShape);
    expect(list.map(({ id }) => id)).toContain(QUICK);
    expect(new Set(list.map(({ paper }) => paper))).toEqual(new Set(['gluon']));
  });

  it('prints a line a claim', async () => {
    expect((await printed(['list', '--paper', 'gluon'])).split('\n')).toContainEqual(
      expect.stringMatching(new RegExp(`^${QUICK} +gluon +proved +holds$`)),
    );
  });
});

describe.concurrent('check', () => {
  it('--json: an entry a subject, controls in the first alone, the same but for the time', async () => {
    const args = ['check', QUICK, '--runs', '20', '--json'];
    const [first, second] = (await Promise.all([printed(args), printed(args)])).map((text) =>
      parsedLine(text, checkShape),
    );
    expect(first?.map(({ id, subject }) => [id, subject])).toEqual([
      [QUICK, 'exact'],
      [QUICK, 'reference'],
    ]);
    expect(first?.map(({ verdict }) => verdict)).toEqual(['proved', 'certified']);
    expect(first?.map(({ controls }) => controls.length > 0)).toEqual([true, false]);
    const timeless = (entries: typeof first) => entries?.map(({ seconds: _, ...entry }) => entry);
    expect(timeless(second)).toEqual(timeless(first));
  });

  it('keeps the order in which claims are named, each once', async () => {
    const ids = claimFiles()
      .filter(({ paper }) => paper === 'gluon')
      .map(({ id }) => id);
    const named = [...ids].reverse();
    const { stdout } = await lemmata(['check', ...named, QUICK, '--runs', '1', '--subject', 'exact', '--json']);
    expect(parsedLine(stdout, checkShape).map(({ id }) => id)).toEqual(named);
  });

  it('says in words what was shown, and the seed', async () => {
    const text = await printed(['check', QUICK, '--runs', '20']);
    expect(text).toMatch(new RegExp(`^${QUICK} +exact +proved, exact on \\d+ .*3 of 3 controls refuted`, 'm'));
    expect(text).toMatch(new RegExp(`^${QUICK} +reference +certified on \\d+`, 'm'));
    expect(text).toMatch(/20 instances a family, seed \d+\n$/);
  });

  it('a subject that a claim lacks is skipped, visibly', async () => {
    const [entry] = parsedLine(await printed(['check', QUICK, '--subject', 'gpu', '--json']), checkShape);
    expect(entry).toMatchObject({ verdict: 'skipped', runs: 0, note: 'no gpu form' });
  });

  it('a backend that is not here is skipped, visibly', async () => {
    const claim = parsedLine(await printed(['list', '--json']), listShape).find(({ subjects }) =>
      subjects.includes('gpu'),
    );
    const args = ['check', claim?.id ?? '', '--subject', 'gpu', '--runs', '1', '--json'];
    // Dawn finds no adapter where the Vulkan loader is told of no driver
    const env = { LEMMATA_BACKEND: 'webgpu', VK_ICD_FILENAMES: join(folder, 'none.json') };
    const { code, stdout } = await lemmata(args, { env });
    expect(code).toBe(0);
    expect(parsedLine(stdout, checkShape)[0]).toMatchObject({
      verdict: 'skipped',
      note: expect.stringMatching(/webgpu/),
    });
  });

  it('--replay runs one instance alone', async () => {
    const [entry, ...others] = parsedLine(
      await printed(['check', '--replay', `${QUICK}@exact@grid@1@0`, '--json']),
      checkShape,
    );
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ subject: 'exact', runs: 1 });
  });
});

describe.concurrent('explain', () => {
  it('shows statement, source, assumptions, evidence, proof steps, certificate and false neighbours', async () => {
    const text = await printed(['explain', QUICK]);
    for (const heading of ['Statement', 'Source', 'Assumptions', 'Evidence', 'Tightest instance', 'False neighbours']) {
      expect(text).toContain(`\n${heading}\n`);
    }
    expect(text).toMatch(/half: .*\n {6}\S+ <= \S+, slack \S+/);
    expect(text).toMatch(/Certificate, for all inputs\n {2}holds, constant-radius: /);
    expect(text).toMatch(/refuted: \S+ is not <= \S+; found by search after \d+ instance/);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(110);
  });
});

describe.concurrent('tighten', () => {
  it('--json prints one record', async () => {
    const record = parsedLine(await printed(['tighten', QUICK, '--budget', '300ms', '--json']), tightenShape);
    expect(record).toMatchObject({ id: QUICK, supremum: 1 });
    expect(record.ratio ?? 0).toBeGreaterThanOrEqual(record.sampled ?? 1);
  });

  it('prints the instance to keep', async () => {
    const lines = (await printed(['tighten', QUICK, '--budget', '300ms'])).trimEnd().split('\n');
    expect(Object.keys(JSON.parse(lines.at(-1) ?? ''))).toEqual(['gradientNorm', 'l0', 'l1']);
  });
});

describe.concurrent('operations', () => {
  it('--json shows every operation with its schemas', async () => {
    const operations = parsedLine(await printed(['operations', '--json']), operationsShape);
    expect(operations.map(({ id }) => id)).toEqual(operationIds);
    for (const { kind, hyperparameters } of operations) {
      expect(Object.keys(hyperparameters).length > 0).toBe(kind === 'optimiser');
    }
  });

  it('prints a line an operation', async () => {
    expect(await printed(['operations'])).toMatch(/^gluon-step-size +function +exact float64 float32 /m);
  });
});

describe.concurrent('eval', () => {
  const step = '{"gradientNorm":3,"l0":1,"l1":2}';

  it.each([
    ['float64', 3 / 7],
    ['float32', Math.fround(3 / 7)],
    ['exact', '3/7'],
  ])('%s', async (precision, value) => {
    const text = await printed(['eval', 'gluon-step-size', '--precision', precision, '--json'], step);
    const evaluated = parsedLine(text, evalShape);
    expect(evaluated).toMatchObject({ operation: 'gluon-step-size', precision, output: { value } });
    expect(evaluated.forwardError === 0).toBe(precision === 'exact');
  });

  it('a JSON number is the exact value of its double', async () => {
    const text = await printed(
      ['eval', 'gluon-step-size', '--precision', 'exact', '--json'],
      '{"gradientNorm":0.1,"l0":"1","l1":0}',
    );
    expect(parsedLine(text, evalShape).output).toEqual({ value: `${2n ** 55n / 10n + 1n}/${2n ** 55n}` });
  });

  it('the twin', async () => {
    const input = '{"matrix":[[3,0],[0,1]],"coefficients":[[1.5,-0.5,0]],"steps":3}';
    const args = ['eval', 'newton-schulz', '--json', '--precision'];
    const [twin, single] = await Promise.all(
      ['gpu', 'float32'].map((precision) => printed([...args, precision], input)),
    );
    const [got, wanted] = [twin, single].map((text) => {
      const { output, forwardError } = parsedLine(text ?? '', evalShape);
      return { entries: (output.matrix as readonly (readonly number[])[]).flat(), forwardError: Number(forwardError) };
    });
    expect(wanted?.entries.length).toBe(4);
    for (const [at, entry] of (wanted?.entries ?? []).entries()) {
      const distance = Math.abs((got?.entries[at] ?? Number.NaN) - entry);
      expect(distance).toBeLessThanOrEqual((got?.forwardError ?? 0) + (wanted?.forwardError ?? 0));
    }
  });

  it('enclosures bring no forward error', async () => {
    const text = await printed(['eval', 'momentum-law', '--json'], '{"components":4,"momentum":0.5}');
    const { output, forwardError } = parsedLine(text, evalShape);
    expect(forwardError).toBeUndefined();
    const [lo = 1, hi = 0] = output.positive as readonly number[];
    expect(lo).toBeLessThanOrEqual(hi);
  });

  it('without --json it is the same value over several lines', async () => {
    const [people, line] = await Promise.all([
      printed(['eval', 'gluon-step-size'], step),
      printed(['eval', 'gluon-step-size', '--json'], step),
    ]);
    expect(JSON.parse(people)).toEqual(JSON.parse(line));
    expect(people.split('\n').length).toBeGreaterThan(3);
  });

  it('takes its matrix from an .npy file, the rest from stdin', async () => {
    const file = join(folder, 'fortran.npy');
    writeFileSync(file, npyFile(dictionary('<f4', 'True', '(2, 2)'), [1, 2, 3, 4], { bytes: 4 }));
    const named = await printed(['eval', 'norm', '--matrix', file, '--json'], '{"norm":"max-entry"}');
    expect(parsedLine(named, evalShape).output).toEqual({ value: 4 });
    const bare = await printed(['eval', 'polar', '--matrix', file, '--json']);
    const same = await printed(['eval', 'polar', '--json'], '{"matrix":[[1,3],[2,4]]}');
    expect(bare).toBe(same);
  });

  it('refuses two matrices', async () => {
    const file = join(folder, 'one.npy');
    writeFileSync(file, npyFile(dictionary('<f8', 'False', '(1, 1)'), [1]));
    const { code, stderr } = await lemmata(['eval', 'polar', '--matrix', file], { stdin: '{"matrix":[[1]]}' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^eval polar: matrix: required once.*\n$/);
  });

  it('subnormal numbers come back', async () => {
    const text = await printed(['eval', 'polar', '--json'], '{"matrix":[[1e-310,0],[0,3e-310]]}');
    expect(parsedLine(text, evalShape).forwardError).toBeDefined();
  });
});

describe.concurrent('doctor', () => {
  it('--json', async () => {
    const { node, webasm } = parsedLine(await printed(['doctor', '--json']), doctorShape);
    expect(node).toMatchObject({ version: process.version, ok: true });
    expect(webasm.available).toBe(true);
  });

  it('names what is missing with its remedy', async () => {
    const [text, json] = await Promise.all([printed(['doctor']), printed(['doctor', '--json'])]);
    for (const { what, how } of parsedLine(json, doctorShape).missing) expect(text).toContain(`  ${what}\n    ${how}`);
    expect(text).toContain(process.version);
  });
});

describe.concurrent('a run that is cut short', () => {
  it('Ctrl-C ends with 130 and leaves no file', async () => {
    const out = join(folder, 'interrupted');
    const interruptedAfter = async (milliseconds: number): Promise<number | null> => {
      const child = spawn(process.execPath, [CLI, 'report', '--out', out], { stdio: 'ignore' });
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      await new Promise((go) => setTimeout(go, milliseconds));
      child.kill('SIGINT');
      return ended;
    };
    // a signal kills a process that has not begun to listen, which ends with no code; a slow machine gets longer
    let code: number | null = null;
    for (let wait = 500; code === null && wait <= 8000; wait *= 2) code = await interruptedAfter(wait);
    expect(code).toBe(130);
    expect(readdirSync(folder)).not.toContain('interrupted');
  });

  it('a reader that has seen enough is no error', async () => {
    const child = spawn(process.execPath, [CLI, 'operations', '--json']);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
