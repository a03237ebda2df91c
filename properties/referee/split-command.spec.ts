import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitCommand } from '../../src/runners/referee/split-command.ts';
import { UsageError } from '../../src/runners/usage-error.ts';

const HAS_SHELL = spawnSync('sh', ['-c', 'true']).status === 0;

/** What a POSIX shell makes of each command: its words, as a program would get them. */
function wordsOfShell(commands: readonly string[]): readonly (readonly string[])[] {
  const script = commands.map((command) => `show ${command}`).join('\n');
  const { stdout } = spawnSync('sh', ['-c', `show() { printf '%s\\0' "$#" "$@"; }\n${script}`], { encoding: 'utf8' });
  const words = stdout.split('\0').slice(0, -1);
  const split: (readonly string[])[] = [];
  for (let at = 0; at < words.length; ) {
    const count = Number(words[at]);
    split.push(words.slice(at + 1, at + 1 + count));
    at += 1 + count;
  }
  return split;
}

/** Complete pieces of a command, in which a shell expands nothing. */
const PIECES = [
  ...['a', 'b=', 'é', ' ', '  ', '\t', '\\\n', '\\ ', '\\a', '\\"', "\\'", '\\\\', '\\$', '\\#', "''", '""'],
  ...["'a b'", "'\\'", `'"'`, "'$x'", '" a"', '"\\a"', '"\\$x"', '"\\`"', '"\\""', '"\\\\"', '"\\\n"', `"'"`, '"\n"'],
] as const;

describe('splitCommand', () => {
  it.runIf(HAS_SHELL)('splits as a POSIX shell does', () => {
    const command = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => `first ${pieces.join('')}`);
    // one shell for many commands: each assertion below takes a list of them
    fc.assert(
      fc.property(fc.array(command, { minLength: 50, maxLength: 50 }), (commands) => {
        expect(commands.map(splitCommand)).toEqual(wordsOfShell(commands));
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it.each([
    ['python3 my_adapter.py --dtype float32', ['python3', 'my_adapter.py', '--dtype', 'float32']],
    ["'/opt/my tools/python' -c 'print(1)'", ['/opt/my tools/python', '-c', 'print(1)']],
    ['sh -c "exec \\"$HOME/a b\\" | tee \\$LOG"', ['sh', '-c', 'exec "$HOME/a b" | tee $LOG']],
    ['\'C:\\tools\\\\node\'" x"', ['C:\\tools\\\\node x']],
    ['a #b c#d # e', ['a', '#b', 'c#d', '#', 'e']],
    ['a $HOME ~ * | b > c; d && $(e) `f`', ['a', '$HOME', '~', '*', '|', 'b', '>', 'c;', 'd', '&&', '$(e)', '`f`']],
    ['a $\'b\\n\' $"c"', ['a', '$b\\n', '$c']],
    ['a \'\' ""', ['a', '', '']],
    [' \n\ta\n b ', ['a', 'b']],
  ])('%j', (text, words) => {
    expect(splitCommand(text)).toEqual(words);
  });

  it.each([
    ['', '--exec: required a command, got ""'],
    [' \t\n', '--exec: required a command, got " \\t\\n"'],
    ["'' a", `--exec: required a command, got "'' a"`],
    ['\\\n', '--exec: required a command, got "\\\\\\n"'],
    ["a 'b", `--exec: required a closing quote, got "a 'b"`],
    ['a "b', '--exec: required a closing quote, got "a \\"b"'],
    ['a "b\\"', '--exec: required a closing quote, got "a \\"b\\\\\\""'],
    ['a b\\', '--exec: required a character after the last backslash, got "a b\\\\"'],
    ['a "b\\', '--exec: required a closing quote, got "a \\"b\\\\"'],
    ['a\0b', '--exec: required a command without NUL characters, got "a\\u0000b"'],
  ])('refuses %j', (text, message) => {
    expect(() => splitCommand(text)).toThrow(new UsageError(message));
  });
});
