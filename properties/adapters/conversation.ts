import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const ADAPTERS = resolve(import.meta.dirname, '../../adapters');

export interface Conversation {
  /** One line for each request, as it came. */
  readonly answers: readonly string[];
  readonly stderr: string;
  /** The exit status after stdin has ended. */
  readonly status: number | null;
}

/** Sends each line only when the one before is answered, as the referee does, then ends stdin. */
export async function converse(
  [command, ...args]: readonly [string, ...string[]],
  lines: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Conversation> {
  const child = spawn(command, args, { env: { ...process.env, ...environment } });
  try {
    const ended = new Promise<number | null>((done) => child.once('close', done));
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const incoming = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const answers: string[] = [];
    for (const line of lines) {
      child.stdin.write(`${line}\n`);
      const answer = await incoming.next();
      if (answer.done) throw new Error(`converse: an answer to ${line}, got the end of stdout; ${stderr}`);
      answers.push(answer.value);
    }
    child.stdin.end();
    // what comes unasked counts as an answer too many
    for (let rest = await incoming.next(); !rest.done; rest = await incoming.next()) answers.push(rest.value);
    return { answers, status: await ended, stderr };
  } finally {
    child.kill('SIGKILL');
  }
}

/** The conversation that the README shows: what is asked, and the JSON of what is answered. */
export function printedConversation(): { readonly asked: readonly string[]; readonly answered: readonly unknown[] } {
  const lines = readFileSync(resolve(ADAPTERS, 'README.md'), 'utf8').split('\n');
  const after = (mark: string) => lines.filter((line) => line.startsWith(`    ${mark} `)).map((line) => line.slice(6));
  return { asked: after('>'), answered: after('<').map((line): unknown => JSON.parse(line)) };
}
