import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lemmata, QUICK } from './lemmata.ts';

const folder = mkdtempSync(join(tmpdir(), 'lemmata-bad-input-'));
afterAll(() => rmSync(folder, { recursive: true }));
const wrongHeader = join(folder, 'wrong.npy');
writeFileSync(wrongHeader, '\u0093NUMPY\u0001\u0000', 'latin1');
const file = join(folder, 'a-file');
writeFileSync(file, 'mine');

/** Bad usage: one line on stderr, nothing on stdout, exit 2, no stack trace. */
async function refusal(args: readonly string[], stdin: string | Uint8Array = ''): Promise<string> {
  const { code, stdout, stderr } = await lemmata(args, { stdin });
  expect({ code, stdout, lines: stderr.split('\n').length }, stderr).toEqual({ code: 2, stdout: '', lines: 2 });
  expect(stderr).not.toMatch(/\n\s+at /);
  return stderr.trimEnd();
}

describe.concurrent('bad usage is one line', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['no command', [], /required a command, got nothing/],
    ['an unknown command', ['chekc'], /unknown command 'chekc'.*check/],
    ['help of an unknown command', ['help', 'nonsense'], /got "nonsense"/],
    ['an unknown option', ['check', '--rnus', '3'], /unknown option '--rnus'.*--runs/],
    ['an option without its value', ['check', '--runs'], /--runs/],
    ['an unknown claim', ['check', QUICK.slice(1)], new RegExp(`"${QUICK.slice(1)}"; the nearest is ${QUICK}`)],
    ['an unknown claim among others', ['check', QUICK, 'nope'], /got "nope"/],
    ['a claim by a part of its id', ['explain', 'gluon'], /got "gluon"/],
    ['explain without a claim', ['explain'], /ID/],
    ['--runs 0', ['check', '--runs', '0'], /--runs: required an integer from 1 to 1000000000, got "0"/],
    ['--runs 1e9x', ['check', '--runs', '1e9x'], /--runs: .*got "1e9x"/],
    ['--runs -1', ['check', '--runs', '-1'], /--runs: .*got "-1"/],
    ['--runs 2e9', ['check', '--runs', '2e9'], /--runs: .*got "2e9"/],
    ['--runs 1.5', ['check', '--runs', '1.5'], /--runs: .*got "1.5"/],
    ['a seed that is no number', ['check', '--seed', 'abc'], /--seed: .*got "abc"/],
    ['a seed with a fraction', ['tighten', QUICK, '--seed', '1.5'], /--seed: .*got "1.5"/],
    ['an unknown subject', ['check', '--subject', 'cpu'], /--subject: required one of .*got "cpu"/],
    ['a replay token that is none', ['check', '--replay', 'abc'], /--replay: .*got "abc"/],
    ['a replay token of no claim', ['check', '--replay', 'nope@exact@grid@1@0'], /--replay: .*got "nope"/],
    ['a replay token of no family', ['check', '--replay', `${QUICK}@exact@nope@1@0`], /--replay: .*got "nope"/],
    [
      'a replay token of another claim',
      ['check', 'lmo-dual-identity', '--replay', `${QUICK}@exact@grid@1@0`],
      /--replay/,
    ],
    ['a replay path that leads nowhere', ['check', '--replay', `${QUICK}@exact@grid@1@0:999:9`], /--replay/],
    ['a budget without a unit', ['tighten', QUICK, '--budget', '30'], /--budget: .*got "30"/],
    ['no budget', ['tighten', QUICK, '--budget', '0s'], /--budget: .*got "0s"/],
    ['an unknown paper', ['list', '--paper', 'gluno'], /--paper: .*got "gluno"; the nearest is gluon/],
    ['an argument too many', ['list', 'extra'], /too many arguments/],
    ['an output folder that is a file', ['report', '--out', file], /--out: required a writable folder/],
    ['an output folder below a file', ['report', '--out', join(file, 'x')], /--out: required a writable folder/],
    ['an empty output folder', ['report', '--out', ''], /--out: /],
    ['an unknown operation', ['eval', 'gluon-step-sise'], /got "gluon-step-sise"; the nearest is gluon-step-size/],
    ['an unknown precision', ['eval', 'gluon-step-size', '--precision', 'float16'], /--precision: .*got "float16"/],
    ['a precision that is not offered', ['eval', 'gluon-step-size', '--precision', 'gpu'], /--precision: .*got "gpu"/],
    ['a matrix file that is missing', ['eval', 'polar', '--matrix', join(folder, 'no.npy')], /--matrix: .*ENOENT/],
    ['a matrix file that is a folder', ['eval', 'polar', '--matrix', folder], /--matrix: .*EISDIR/],
    ['an .npy file with a wrong header', ['eval', 'polar', '--matrix', wrongHeader], /--matrix .*an \.npy header/],
  ])('%s', async (_, args, message) => {
    expect(await refusal(args)).toMatch(message);
  });

  const polar = ['eval', 'polar'];
  const step = ['eval', 'gluon-step-size'];
  it.each<[string, readonly string[], string | Uint8Array, RegExp]>([
    [
      'a ragged matrix',
      polar,
      '{"matrix":[[1,2],[3]]}',
      /^eval polar: matrix\[1\]: required rows of one length \(2\), got an array of length 1$/,
    ],
    ['NaN', polar, '{"matrix":[[NaN]]}', /stdin: required JSON, got "NaN" at line 1, column 13/],
    ['infinity', polar, '{"matrix":[[-Infinity]]}', /required JSON, got "-Infinity"/],
    [
      '1e400',
      polar,
      '{"matrix":[[1,1e400]]}',
      /matrix\[0\]\[1\]: required a finite number, got one too large for a double/,
    ],
    ['a number as text', step, '{"gradientNorm":"3","l0":1,"l1":2}', /gradientNorm: required a number.*got "3"/],
    [
      'a decimal as text',
      step,
      '{"gradientNorm":"0.5","l0":1,"l1":2}',
      /gradientNorm: required a finite number, got "0.5"/,
    ],
    ['text in a matrix', polar, '{"matrix":[[1,"x"]]}', /matrix\[0\]\[1\]: required a finite number, got "x"/],
    ['a fraction outside --precision exact', step, '{"gradientNorm":"1/3","l0":1,"l1":2}', /--precision exact/],
    ['a missing field', step, '{"gradientNorm":3,"l0":1}', /l1: required a finite number, got nothing/],
    ['an extra field', step, '{"gradientNorm":3,"l0":1,"l1":2,"l2":3}', /l2: required no such field, got 3/],
    ['a misspelt field', step, '{"gradientNrom":3,"l0":1,"l1":2}', /gradientNrom: .*gradientNorm is missing/],
    [
      'a value outside the domain',
      step,
      '{"gradientNorm":-3,"l0":1,"l1":2}',
      /gradientNorm: required a number >= 0, got -3/,
    ],
    ['values that do not go together', step, '{"gradientNorm":3,"l0":0,"l1":0}', /required l0 \+ l1 > 0/],
    ['truncated JSON', polar, '{"matrix":[[1,2', /required JSON, got the end at line 1, column 16/],
    ['no input', polar, '', /stdin: required a JSON object, got nothing/],
    ['a list', polar, '[1]', /required an object, got an array/],
    ['null', polar, 'null', /required an object, got null/],
    ['bytes that are no text', polar, Uint8Array.of(0xff, 0xfe), /UTF-8/],
    ['endless nesting', polar, `{"matrix":${'['.repeat(1e5)}${']'.repeat(1e5)}}`, /nesting/],
    ['endless nesting that is cut off', polar, '['.repeat(1e5), /required JSON, got the end/],
    ['more mistakes than a line can hold', polar, `{"matrix":[[${'"x",'.repeat(2e5)}"x"]]}`, /matrix|stdin/],
  ])('eval: %s', async (_, args, stdin, message) => {
    expect(await refusal(args, stdin)).toMatch(message);
  });

  it('eval: 200 MB of JSON', async () => {
    expect(await refusal(polar, Buffer.alloc(200e6, ' '))).toMatch(/stdin: required at most 128 MiB/);
  });

  it('a backend that does not exist', async () => {
    const { code, stdout, stderr } = await lemmata(['doctor'], { env: { LEMMATA_BACKEND: 'cuda' } });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^doctor: LEMMATA_BACKEND: .*got "cuda"\n$/);
  });

  it('LEMMATA_DEBUG=1 alone shows where', async () => {
    const { code, stderr } = await lemmata(['check', 'nope'], { env: { LEMMATA_DEBUG: '1' } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/\n\s+at /);
  });
});
