import { got, onOneLine, systemReason, UsageError } from './usage-error.ts';

/** How a run that did not succeed ends. */
export interface Failed {
  /** One line for stderr, or more for those who look for a mistake in this program. */
  readonly message: string;
  readonly exit: 0 | 2 | 70;
}

const BAD_USAGE = 2;
/** EX_SOFTWARE of sysexits.h: this program is wrong, not its user. */
const INTERNAL = 70;

const isOfCommander = (error: unknown): error is Error & { readonly code: string; readonly exitCode: number } =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('commander.') && 'exitCode' in error;

/** What to say of an error; `place` names the command. The stack is shown where LEMMATA_DEBUG is 1. */
export function failureOf(error: unknown, place: string): Failed {
  if (isOfCommander(error)) {
    if (error.exitCode === 0) return { message: '', exit: 0 };
    const bare = onOneLine(error.message.replace(/^error: /, ''));
    const text =
      bare === '(outputHelp)'
        ? `required a command, got ${got(process.argv.slice(2).at(-1))}; \`lemmata --help\` lists them`
        : bare;
    return { message: `${place}: ${text}`, exit: BAD_USAGE };
  }
  const trace = process.env.LEMMATA_DEBUG === '1' && error instanceof Error ? `\n${error.stack}` : '';
  if (error instanceof UsageError) return { message: `${place}: ${onOneLine(error.message)}${trace}`, exit: BAD_USAGE };
  const reason = systemReason(error);
  if (reason !== undefined)
    return { message: `${place}: required a working system call, got ${reason}${trace}`, exit: BAD_USAGE };
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { message: `${place}: a mistake in lemmata itself: ${onOneLine(text)}${trace}`, exit: INTERNAL };
}
