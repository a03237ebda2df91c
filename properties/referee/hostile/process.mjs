// A process that is judged: it answers the protocol, and misbehaves where the `operation` that it is asked for names a
// misdeed below. It reads and writes by plain system calls, so that each misdeed is exactly what stands here.
import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, existsSync, readSync, writeFileSync, writeSync } from 'node:fs';

const [STDIN, STDOUT, STDERR] = [0, 1, 2];
const MEBIBYTE = 2 ** 20;
const FOREVER = 'setInterval(() => undefined, 1000)';

function write(fd, bytes) {
  for (let rest = Buffer.from(bytes); rest.length > 0; ) rest = rest.subarray(writeSync(fd, rest));
}

const print = (text) => write(STDOUT, text);

const say = (message) => print(`${JSON.stringify(message)}\n`);

const answer = (id) => say({ id, output: { value: 1 } });

const pause = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

const hang = () => pause(Number.POSITIVE_INFINITY);

function flood(fd, line, bytes) {
  const block = Buffer.from(line.repeat(Math.ceil(MEBIBYTE / line.length)));
  for (let written = 0; written < bytes; written += block.length) write(fd, block);
}

/** A child that lives on and holds our pipes. */
const child = (options) => spawn(process.execPath, ['-e', FOREVER], { stdio: 'inherit', ...options });

const MISDEEDS = {
  exit() {
    write(STDERR, 'Traceback (most recent call last):\n  File "muon.py", line 3\nValueError: no such norm\n');
    process.exit(3);
  },
  throw() {
    throw new TypeError('momentum is not a function');
  },
  crash: () => {
    process.kill(process.pid, 'SIGKILL');
    hang();
  },
  'exit-after-answer'(id) {
    answer(id);
    process.exit(0);
  },
  'exit-mid-line'(id) {
    print(`{"id":${id},"out`);
    process.exit(0);
  },
  hang,
  'half-line'(id) {
    print(`{"id":${id},"out`);
    hang();
  },
  'ignore-sigterm'() {
    process.on('SIGTERM', () => undefined);
    hang();
  },
  'stop-reading'(id) {
    answer(id);
    hang();
  },
  garbage: () => print('Loading weights … \u001b[31mdone\u001b[0m\n'),
  'lower-case-nan': (id) => print(`{"id":${id},"output":{"value":nan}}\n`),
  gigabyte: () => flood(STDOUT, 'x', 1024 * MEBIBYTE),
  'gigabyte-of-lines': () => flood(STDOUT, 'loss 0.25\n', 1024 * MEBIBYTE),
  'gigabyte-of-blank-lines': () => flood(STDOUT, `${' '.repeat(62)}\r\n`, 1024 * MEBIBYTE),
  'gigabyte-after-answer'(id) {
    answer(id);
    flood(STDOUT, 'x', 1024 * MEBIBYTE);
  },
  'flood-stderr'(id) {
    flood(STDERR, 'warning: slow\n', 64 * MEBIBYTE);
    answer(id);
  },
  'close-stdin'(id) {
    closeSync(STDIN);
    answer(id);
    hang();
  },
  'close-stdout'() {
    closeSync(STDOUT);
    hang();
  },
  twice: (id) => print(`{"id":${id},"output":{}}\n{"id":${id},"output":{}}\n`),
  'twice-slowly'(id) {
    answer(id);
    pause(50);
    answer(id);
  },
  'other-id': () => answer(0),
  'text-id': (id) => answer(`${id}`),
  'no-id': () => say({ output: { value: 1 } }),
  array: (id) => say([id, 1]),
  number: (id) => say(id),
  null: () => say(null),
  'deep-nesting': (id) => print(`{"output":${'['.repeat(MEBIBYTE)}${']'.repeat(MEBIBYTE)},"id":${id}}\n`),
  'error-object': (id) => say({ id, error: { code: -32601 } }),
  'error-null': (id) => say({ id, output: { value: 1 }, error: null }),
  refuse: (id) => say({ id, error: `no\u001b[31m such\nnorm${' at all'.repeat(1000)}` }),
  'invalid-utf8': (id) => write(STDOUT, Buffer.from(`{"id":${id},"output":"\xff"}\n`, 'latin1')),
  nul: (id) => print(`{"id":${id},\0"output":{}}\n`),
  crlf: (id) => print(`{"id":${id},"output":{"value":1}}\r\n`),
  'blank-lines': (id) => print(`\n \t\r\n{"id":${id},"output":{"value":1}}\n\n`),
  'in-pieces'(id) {
    for (const byte of Buffer.from(`{"id":${id},"name":"müön","output":{"value":1}}\n`)) {
      write(STDOUT, [byte]);
      pause(1);
    }
  },
  'bare-non-finite': (id) =>
    print(`{"id":${id},"name":"a \\"NaN\\" \\\\","output":{"matrix":[[NaN,-Infinity],[Infinity,1e400]]}}\n`),
  'quoted-non-finite': (id) =>
    say({ id, name: 'NaN', output: { values: ['NaN', 'Infinity', '-Infinity', 'inf'] }, parameters: [[['NaN']]] }),
  echo: (id, request) => say({ id, output: request.input }),
  'child-holds-pipe'() {
    child({}).on('spawn', () => process.exit(0));
    return 'later';
  },
  'session-holds-pipe'() {
    child({ detached: true }).on('spawn', () => process.exit(0));
    return 'later';
  },
  /** In our process group, but without the environment that marks it. */
  'scrubbed-child-stays'(id) {
    const { pid } = child({ stdio: 'ignore', env: {} }).on('spawn', () => say({ id, output: { pid } }));
    return 'later';
  },
  'scrubbed-child-is-left'(id) {
    const { pid } = child({ stdio: 'ignore', env: {} }).on('spawn', () => {
      say({ id, output: { pid } });
      process.exit(0);
    });
    return 'later';
  },
  'session-stays'(id) {
    child({ detached: true, stdio: 'ignore' }).on('spawn', () => answer(id));
    return 'later';
  },
};

let unread = Buffer.alloc(0);

/** The next line on stdin; undefined at its end. */
function line() {
  const chunk = Buffer.alloc(65536);
  for (;;) {
    const end = unread.indexOf('\n');
    if (end >= 0) {
      const text = unread.subarray(0, end).toString();
      unread = unread.subarray(end + 1);
      return text;
    }
    const count = readSync(STDIN, chunk);
    if (count === 0) return undefined;
    unread = Buffer.concat([unread, chunk.subarray(0, count)]);
  }
}

/** With a file as argument, the first process of all exits before it reads, and leaves the file as a sign; the others append to it when they leave. */
const [, , sign] = process.argv;
if (sign !== undefined && !existsSync(sign)) {
  writeFileSync(sign, '');
  process.exit(4);
}

for (let text = line(); text !== undefined; text = line()) {
  const request = JSON.parse(text);
  const misdeed = MISDEEDS[request.operation];
  if (misdeed === undefined) answer(request.id);
  // a misdeed that needs the event loop is the last one of its process
  else if (misdeed(request.id, request) === 'later') break;
}

if (sign !== undefined) appendFileSync(sign, 'left');
