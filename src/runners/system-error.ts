import { got, systemReason, UsageError } from './usage-error.ts';

/** A refusal of the system (no space, no permission) as one line for the user; any other error as it is. */
export function asUsageError(error: unknown, path: string, required: string): unknown {
  const reason = systemReason(error);
  return reason === undefined
    ? error
    : new UsageError(`${got(path)}: required ${required}, got ${reason}`, { cause: error });
}

