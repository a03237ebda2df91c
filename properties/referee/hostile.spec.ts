import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { Reply } from '../../src/runners/referee/peer.ts';
import { processPeer } from '../../src/runners/referee/process-peer.ts';
import { UsageError } from '../../src/runners/usage-error.ts';
import { hostileCommand, isRunning, type Judged, judged } from './hostile/judged.ts';

/** Nothing but a hang takes that long, on a busy machine either. */
const PATIENT = 30_000;

/** Node starts within it on a busy machine, and a test can wait for it. */
const IMPATIENT = 1500;

const HAS_PROC = existsSync('/proc/self/environ');

const started: Judged[] = [];

function start(timeout = PATIENT, args: readonly string[] = []): Judged {
  const one = judged(timeout, args);
  started.push(one);
  return one;
}

/** SIGKILL takes effect when the killed process is next scheduled, so the last survivors are waited for. */
async function expectNoSurvivor({ survivors }: Pick<Judged, 'survivors'>): Promise<void> {
  await vi.waitFor(() => expect(survivors()).toEqual([]), { timeout: 5000, interval: 10 });
}

async function close(one: Judged): Promise<void> {
  await one.peer.close();
  await expectNoSurvivor(one);
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lemmata-hostile-'));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

afterEach(async () => {
  for (const one of started.splice(0)) await close(one);
});

/** For many misdeeds in a row: what follows one is the beginning of the next. */
const shared = judged(PATIENT);

afterAll(() => close(shared));

const honest = (id: number): Reply => ({ kind: 'answer', message: { id, output: { value: 1 } } });

const broken = (how: string | RegExp): unknown => ({
  kind: 'broken',
  how: typeof how === 'string' ? how : expect.stringMatching(how),
});

/**
 * A misdeed is found, the process is gone, and the next request is answered by a fresh one. In the words of the
 * finding, `<id>` stands for the id that was asked.
 */
async function expectBroken(one: Judged, operation: string, how: string): Promise<void> {
  const first = await one.ask('honest');
  const id = first.kind === 'answer' ? Number(first.message.id) : Number.NaN;
  expect(first).toEqual(honest(id));
  const before = one.peer.generation;
  expect(await one.ask(operation)).toEqual(broken(how.replaceAll('<id>', `${id + 1}`)));
  expect(one.peer.generation).toBe(before + 1);
  await expectNoSurvivor(one);
  expect(await one.ask('honest')).toEqual(honest(id + 2));
}

describe('a process that answers nonsense', () => {
  it.each([
    ['garbage', 'answered what is no JSON (at "Loading"): `Loading weights … [31mdone [0m`'],
    ['lower-case-nan', 'answered what is no JSON (at "nan"): `{"id":<id>,"output":{"value":nan}}`'],
    ['other-id', 'answered id 0 where <id> was asked: `{"id":0,"output":{"value":1}}`'],
    ['text-id', 'answered id "<id>" where <id> was asked: `{"id":"<id>","output":{"value":1}}`'],
    ['no-id', 'answered without an id where <id> was asked: `{"output":{"value":1}}`'],
    ['array', 'answered an array of length 2 where an object was required'],
    ['number', 'answered <id> where an object was required'],
    ['null', 'answered null where an object was required'],
    ['deep-nesting', `answered what nests deeper than 32 levels: \`{"output":${'['.repeat(49)}…\``],
    ['error-object', 'answered an error that is no text but an object'],
    ['error-null', 'answered an error that is no text but null'],
    ['invalid-utf8', 'answered bytes that are not UTF-8: `{"id":<id>,"output":"�"}`'],
    ['nul', 'answered what is no JSON (at "\\u0000"): `{"id":<id>, "output":{}}`'],
    ['twice', 'printed more than one line for one request: `{"id":<id>,"output":{}}`, `{"id":<id>,"output":{}}`'],
  ])('%s', async (operation, how) => {
    await expectBroken(shared, operation, how);
  });

  it('a second answer that comes when nothing is asked is told at the next request', async () => {
    const one = start();
    expect(await one.ask('twice-slowly')).toEqual(honest(1));
    await expectNoSurvivor(one);
    expect(await one.ask('honest')).toEqual(
      broken('printed a line without being asked: `{"id":1,"output":{"value":1}}`'),
    );
    expect(await one.ask('honest')).toEqual(honest(3));
  });

  it('a second answer that comes when the next request is asked has the wrong id', async () => {
    const one = start();
    expect(await one.ask('twice-slowly')).toEqual(honest(1));
    expect(await one.ask('honest')).toEqual(broken(/^answered id 1 where 2 was asked|^printed/));
    expect(await one.ask('honest')).toEqual(honest(3));
  });
});

describe('a process that ends', () => {
  it.each([
    ['exit', 'exited with code 3 before it answered; on stderr: ValueError: no such norm'],
    ['throw', 'exited with code 1 before it answered; on stderr: TypeError: momentum is not a function'],
    ['crash', 'was ended by SIGKILL before it answered'],
    ['exit-mid-line', 'exited with code 0 in the middle of a line, after `{"id":<id>,"out`'],
    ['close-stdout', 'closed its stdout before it answered'],
    ['child-holds-pipe', 'exited with code 0 before it answered'],
    ['session-holds-pipe', 'exited with code 0 before it answered'],
  ])('%s', async (operation, how) => {
    await expectBroken(shared, operation, how);
  });

  it('at once', async () => {
    await inFolder(async (folder) => {
      const one = start(PATIENT, [join(folder, 'sign')]);
      expect(await one.ask('honest')).toEqual(broken('exited with code 4 before it answered'));
      expect(await one.ask('honest')).toEqual(honest(2));
    });
  });

  it('after an answer: the answer counts, and the next request is told', async () => {
    const one = start();
    expect(await one.ask('exit-after-answer')).toEqual(honest(1));
    await expectNoSurvivor(one);
    expect(await one.ask('honest')).toEqual(
      broken(/^exited with code 0 (?:before it answered|after its last answer)$/),
    );
    expect(await one.ask('honest')).toEqual(honest(3));
  });

  it('to read: the next request is told', async () => {
    const one = start();
    expect(await one.ask('close-stdin')).toEqual(honest(1));
    expect(await one.ask('honest')).toEqual(broken('closed its stdin before it answered'));
    expect(await one.ask('honest')).toEqual(honest(3));
  });
});

describe.concurrent('a process that hangs', () => {
  it.each([
    ['hang', 'gave no answer within 1.5 s'],
    ['half-line', 'gave no answer within 1.5 s but `{"id":<id>,"out`, without the end of the line'],
    ['ignore-sigterm', 'gave no answer within 1.5 s'],
  ])('%s', async (operation, how) => {
    const one = judged(IMPATIENT);
    await expectBroken(one, operation, how);
    await close(one);
  });

  it('before it answers anything: it may have forgotten to flush', async () => {
    const one = judged(IMPATIENT);
    expect(await one.ask('hang')).toEqual(broken('gave no answer within 1.5 s; does it flush its answers?'));
    await expectNoSurvivor(one);
  });

  it('and leaves megabytes unread', async () => {
    const one = judged(IMPATIENT);
    expect(await one.ask('stop-reading')).toEqual(honest(1));
    expect(await one.ask('honest', 'x'.repeat(2 ** 23))).toEqual(broken('gave no answer within 1.5 s'));
    expect(await one.ask('honest')).toEqual(honest(3));
    await one.peer.close();
    await expectNoSurvivor(one);
  });

  it('is not one whose answer waits in the pipe while this process works', async () => {
    const one = judged(IMPATIENT);
    await one.ask('honest');
    const numbers = new Array<number>(2 ** 19).fill(0.5);
    const pending = one.ask('echo', numbers);
    const end = performance.now() + 1.5 * IMPATIENT;
    while (performance.now() < end);
    expect(await pending).toEqual({ kind: 'answer', message: { id: 2, output: numbers } });
    await one.peer.close();
  });
});

describe('a process that floods', () => {
  const GIGABYTE = 2 ** 30;

  it.each([
    ['gigabyte', 'printed 16 MiB without completing an answer: `xxxxxxxxxx'],
    ['gigabyte-of-lines', 'printed more than one line for one request: `loss 0.25`, `loss 0.25`'],
    ['gigabyte-of-blank-lines', 'printed 16 MiB without completing an answer'],
  ])('%s: it is not read to the end, let alone kept', async (operation, how) => {
    const one = start();
    await one.ask('honest');
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 5);
    const reply = await one.ask(operation);
    clearInterval(watch);
    most = Math.max(most, process.memoryUsage().rss);
    expect(reply).toEqual(broken(new RegExp(`^${how}`)));
    expect(most - before).toBeLessThan(GIGABYTE / 8);
    await expectNoSurvivor(one);
    expect(await one.ask('honest')).toEqual(honest(3));
  });

  it('when nothing is asked is stopped then', async () => {
    const one = start();
    expect(await one.ask('gigabyte-after-answer')).toEqual(honest(1));
    await expectNoSurvivor(one);
    expect(await one.ask('honest')).toEqual(broken(/^printed 16 MiB without completing an answer: `xxx/));
    expect(await one.ask('honest')).toEqual(honest(3));
  });

  it('stderr alone is heard out', async () => {
    const one = start();
    expect(await one.ask('flood-stderr')).toEqual(honest(1));
    expect(await one.ask('exit')).toEqual(broken(/; on stderr: ValueError: no such norm$/));
  });
});

describe('a process that is only peculiar', () => {
  it.each([
    ['crlf', { output: { value: 1 } }],
    ['blank-lines', { output: { value: 1 } }],
    ['in-pieces', { name: 'müön', output: { value: 1 } }],
    [
      'bare-non-finite',
      {
        name: 'a "NaN" \\',
        output: {
          matrix: [
            [Number.NaN, Number.NEGATIVE_INFINITY],
            [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
          ],
        },
      },
    ],
    [
      'quoted-non-finite',
      {
        name: 'NaN',
        output: { values: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 'inf'] },
        parameters: [[[Number.NaN]]],
      },
    ],
  ])('%s', async (operation, message) => {
    const one = start();
    expect(await one.ask(operation)).toEqual({ kind: 'answer', message: { id: 1, ...message } });
    expect(await one.ask('honest')).toEqual(honest(2));
    expect(one.peer.generation).toBe(0);
  });

  it('a refusal is one short line', async () => {
    const reply = await start().ask('refuse');
    expect(reply).toEqual({ kind: 'refused', reason: expect.stringMatching(/^no \[31m such norm at all at all.*…$/) });
    expect(reply.kind === 'refused' && reply.reason.length).toBeLessThanOrEqual(300);
  });

  it('gets every double as it is, and what is not finite as text', async () => {
    const doubles = [0.1, 1 / 3, 5e-324, 1.7976931348623157e308, 2 ** 53 - 1, 1e21, -1e-7];
    const input = { doubles, others: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] };
    expect(await start().ask('echo', input)).toEqual({ kind: 'answer', message: { id: 1, output: input } });
  });
});

describe('what is left behind', () => {
  it.runIf(HAS_PROC)('a child in a session of its own is killed with the process that left it', async () => {
    const one = start();
    expect(await one.ask('session-stays')).toEqual(honest(1));
    expect(one.survivors()).not.toEqual([]);
    await one.peer.close();
    await expectNoSurvivor(one);
  });

  it.runIf(HAS_PROC).each(['scrubbed-child-stays', 'scrubbed-child-is-left'])(
    '%s: what has lost the environment is killed with its process group',
    async (operation) => {
      const one = start();
      const reply = await one.ask(operation);
      const { pid } = reply.kind === 'answer' ? (reply.message.output as { readonly pid: number }) : { pid: 0 };
      expect(pid).toBeGreaterThan(0);
      await one.peer.close();
      await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { interval: 10 });
    },
  );

  it.runIf(HAS_PROC)('nothing, at once, where this process ends', async () => {
    const one = start();
    await one.ask('honest');
    await one.ask('session-stays');
    expect(one.survivors()).toHaveLength(2);
    one.peer.killNow();
    await expectNoSurvivor(one);
  });

  it.runIf(HAS_PROC).each(['SIGINT', 'SIGTERM'] as const)('nothing, where %s ends this process', async (signal) => {
    await inFolder(async (folder) => {
      const [peers, script] = ['src/runners/referee/process-peer.ts', 'properties/referee/hostile/interrupted.mjs'];
      const outfile = join(folder, 'process-peer.mjs');
      await build({ entryPoints: [peers], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
      const { command, survivors } = hostileCommand();
      const interrupted = spawn(process.execPath, [resolve(script), outfile, ...command], { stdio: 'pipe' });
      await once(interrupted.stdout, 'data');
      expect(survivors()).toHaveLength(2);
      interrupted.kill(signal);
      expect(await once(interrupted, 'exit')).toEqual([1, null]);
      await expectNoSurvivor({ survivors });
    });
  });

  it('nothing of a process that has ended before', async () => {
    const one = start();
    expect(await one.ask('exit-after-answer')).toEqual(honest(1));
    await expectNoSurvivor(one);
    await one.peer.close();
    expect(await one.ask('honest')).toEqual(honest(2));
  });

  it('a well-behaved process has the time to end by itself', async () => {
    await inFolder(async (folder) => {
      const sign = join(folder, 'sign');
      writeFileSync(sign, '');
      const one = start(PATIENT, [sign]);
      expect(await one.ask('honest')).toEqual(honest(1));
      await one.peer.close();
      expect(one.survivors()).toEqual([]);
      expect(readFileSync(sign, 'utf8')).toBe('left');
      expect(one.peer.generation).toBe(1);
      await one.peer.close();
      expect(one.peer.generation).toBe(1);
    });
  });
});

describe('a command that cannot be started', () => {
  it.each([
    [['no-such-program'], '(ENOENT: no such file or directory)'],
    [['/etc/passwd'], '(EACCES: permission denied)'],
    [['/'], '(EACCES: permission denied)'],
    [['/etc/passwd/x'], '(ENOTDIR: not a directory)'],
    [['node', 'x'.repeat(2 ** 22)], '(E2BIG: argument list too long)'],
  ] as const)('%j', async (command, reason) => {
    const peer = processPeer(command, { timeoutMilliseconds: PATIENT });
    const message = `--exec: required a command that can be started, got "${command[0]}" ${reason}`;
    await expect(peer.started()).rejects.toThrow(new UsageError(message));
    expect(await peer.ask({ op: 'describe' })).toEqual(broken(`could not be started ${reason}`));
    await peer.close();
  });

  it('starts one process, which serves the first request', async () => {
    const one = start();
    await one.peer.started();
    await one.peer.started();
    if (HAS_PROC) await vi.waitFor(() => expect(one.survivors()).toHaveLength(1), { interval: 10 });
    expect(await one.ask('honest')).toEqual(honest(1));
  });
});

it('refuses a second request before the first is answered, and a time limit that no timer keeps', async () => {
  const one = start();
  const first = one.ask('honest');
  await expect(one.ask('honest')).rejects.toThrow(RangeError);
  expect(await first).toEqual(honest(1));
  for (const timeoutMilliseconds of [0, -1, Number.NaN, 2 ** 31]) {
    expect(() => processPeer(['node'], { timeoutMilliseconds })).toThrow(RangeError);
  }
});
