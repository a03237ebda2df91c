import { spawnSync } from 'node:child_process';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A Python with torch, numpy and scipy; empty where there is none. */
    readonly scientificPython: string;
  }
}

const PACKAGES = ['python3-torch', 'python3-numpy', 'python3-scipy'];

/** Debian's Python sees Debian's packages, which another one on the path does not. */
const CANDIDATES = ['/usr/bin/python3', 'python3'];

/** Found without importing them, which takes seconds. */
const HAS_ALL = "import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ('torch', 'numpy', 'scipy'))))";

const found = (): string | undefined =>
  CANDIDATES.find((python) => spawnSync(python, ['-c', HAS_ALL], { timeout: 20_000 }).status === 0);

const say = (text: string): void => void process.stderr.write(`set-up: ${text}\n`);

/** Installs Debian's torch, numpy and scipy where we are root beside apt; says what it does, and why it does nothing. */
function install(): void {
  const reason =
    process.env.LEMMATA_NO_APT === '1'
      ? 'LEMMATA_NO_APT is 1'
      : process.getuid?.() !== 0
        ? 'not root'
        : spawnSync('apt-get', ['--version']).status === 0
          ? undefined
          : 'no apt here';
  if (reason !== undefined) {
    say(
      `no Python with torch, numpy and scipy, and none is installed (${reason}): the tests that judge them are skipped`,
    );
    return;
  }
  say(`installing ${PACKAGES.join(', ')} by apt for the tests that judge them (LEMMATA_NO_APT=1 keeps it from that)`);
  const run = (args: readonly string[]): boolean =>
    spawnSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 240_000,
    }).status === 0;
  if (!run(['update']) || !run(['install', '-y', '--no-install-recommends', ...PACKAGES])) {
    say('apt could not install them: the tests that judge them are skipped');
  }
}

export function setup({ provide }: TestProject): void {
  let python = found();
  if (python === undefined) {
    install();
    python = found();
  }
  provide('scientificPython', python ?? '');
}
