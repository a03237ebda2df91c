import { type EvaluateOptions, evaluate } from '../evaluate.ts';
import { jsonForPeople, jsonLine } from '../json-text.ts';
import type { CommandResult, Format, Surroundings } from './result.ts';

export interface EvalOptions extends Omit<EvaluateOptions, 'stdin'> {
  readonly format: Format;
}

/** `lemmata eval OPERATION`. */
export async function evalCommand(
  operation: string,
  { format, ...options }: EvalOptions,
  { stdin }: Surroundings,
): Promise<CommandResult> {
  const evaluated = await evaluate(operation, { ...options, stdin });
  return { text: `${format === 'json' ? jsonLine(evaluated) : jsonForPeople(evaluated)}\n`, exit: 0 };
}
