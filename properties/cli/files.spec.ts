import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { assertWritableFolder } from '../../src/runners/writable-folder.ts';
import { writeFile } from '../../src/runners/write-file.ts';
import { CLI } from './lemmata.ts';

const folder = mkdtempSync(join(tmpdir(), 'lemmata-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('writes whole files, making the folders above, and leaves nothing beside', () => {
  const path = join(folder, 'a/b/c.txt');
  writeFile(path, 'first');
  writeFile(path, 'second');
  expect(readFileSync(path, 'utf8')).toBe('second');
  expect(readdirSync(join(folder, 'a/b'))).toEqual(['c.txt']);
});

it('a place that cannot be written is one line, and nothing is left', () => {
  mkdirSync(join(folder, 'taken/inside'), { recursive: true });
  expect(() => writeFile(join(folder, 'taken'), 'x')).toThrow(
    /^required a writable file, got ".*" \(E[A-Z]+: [^\n]*\)$/,
  );
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

// the shell's limit on the size of a file stands for a disk without room
it.runIf(process.platform === 'linux')(
  'a disk that is full while writing is one line, and the former file stays',
  () => {
    const module = new URL('runners/write-file.js', `file://${CLI}`).href;
    const path = join(folder, 'large.txt');
    writeFileSync(path, 'former');
    const script = `import { writeFile } from ${JSON.stringify(module)};
    try { writeFile(${JSON.stringify(path)}, 'x'.repeat(1e6)); } catch (error) { console.log(error.name, error.message); }`;
    const { stdout } = spawnSync(
      'bash',
      ['-c', 'ulimit -f 16 && exec "$0" --input-type=module -e "$1"', process.execPath, script],
      {
        encoding: 'utf8',
      },
    );
    expect(stdout).toMatch(/^UsageError required a writable file, got ".*" \(EFBIG: [^\n]*\)\n$/);
    expect(readFileSync(path, 'utf8')).toBe('former');
    expect(readdirSync(folder).filter((name) => name.includes('large'))).toEqual(['large.txt']);
  },
);

it.runIf(existsSync('/dev/full'))('stdout without room is one line', () => {
  const { status, stderr } = spawnSync('bash', ['-c', '"$0" "$1" operations > /dev/full', process.execPath, CLI], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^operations: stdout: required [^\n]* ENOSPC[^\n]*\n$/);
});

it('trying a folder that is not there leaves it so', () => {
  const path = join(folder, 'x/y/z');
  assertWritableFolder('--out', path);
  expect(existsSync(join(folder, 'x'))).toBe(false);
});

it.runIf(existsSync('/proc/self'))('a folder that nobody can make is refused at once', () => {
  expect(() => assertWritableFolder('--out', '/proc/lemmata')).toThrow(/^--out: required a writable folder, got /);
});
